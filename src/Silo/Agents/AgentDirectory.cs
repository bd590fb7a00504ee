using System.Text.Json;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.GrainInterfaces.Agents;

namespace Orkestron.Silo.Agents;

/// <summary>The published agents, from the grains.</summary>
internal sealed class AgentDirectory(IGrainFactory grains) : IAgentDirectory
{
    private const int PageSize = 100;

    public async Task<DirectoryAgent?> FindAsync(string agent, CancellationToken cancellationToken) =>
        // Checked before the look-up, which would activate a grain.
        agent.Length <= 101 && agent.IndexOf('/', StringComparison.Ordinal) is > 1 and <= 40
        && await grains.GetGrain<IAgentGrain>(agent).GetManifestAsync().WaitAsync(cancellationToken) is { Unlisted: false } manifest
            ? Of(manifest, true)
            : null;

    public string? FaultOf(JsonElement schema) => SchemaSafety.Fault(new Payload(JsonSerializer.SerializeToUtf8Bytes(schema)));

    public async Task<IReadOnlyList<DirectoryAgent>> ListAsync(CancellationToken cancellationToken)
    {
        var agents = new List<DirectoryAgent>();
        string? after = null;
        do
        {
            var page = await grains.GetGrain<IAgentRegistryGrain>(0)
                .SearchAsync(new AgentQuery(null, null, null, null, "name", after, PageSize)).WaitAsync(cancellationToken);
            agents.AddRange(page.Items.Select(static view => Of(view.Manifest, view.Connected is null or { Processes: > 0 })));
            after = page.Next;
        }
        while (after is not null && agents.Count < IAgentDirectory.MaxListed);

        return [.. agents.Take(IAgentDirectory.MaxListed).OrderBy(static agent => agent.Agent, StringComparer.Ordinal)];
    }

    private static DirectoryAgent Of(AgentManifest manifest, bool available) => new()
    {
        Agent = manifest.Key,
        Version = manifest.Version,
        Title = manifest.Title,
        Summary = manifest.Summary,
        Skills = manifest.Skills,
        InputSchema = Json(manifest.InputSchema),
        OutputSchema = Json(manifest.OutputSchema),
        Price = new AgentPrice(
            new Tokens(manifest.Price.PerCallMicro),
            new Tokens(manifest.Price.PerThousandMicro),
            new Tokens(manifest.Price.CallBudgetMicro)),
        Calls = manifest.Calls.IsDefault ? [] : manifest.Calls,
        Available = available,
    };

    private static JsonElement Json(Payload payload) => JsonElement.Parse(payload.Utf8);
}
