using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.Schemas;
using Orkestron.Schemas.Documents;

namespace Orkestron.Web.Features.Tasks.Parts;

/// <summary>What a task could run on instead while its provider is away.</summary>
/// <param name="Skill">A skill of its agent, to search for others; null when it has none.</param>
/// <param name="Newer">The current version, if it can run and is not the version of the task.</param>
/// <param name="Others">Agents with the same skill that can run and accept the input of the task unchanged, the best match first.</param>
public sealed record Alternatives(string? Skill, AgentManifest? Newer, ImmutableArray<AgentManifest> Others)
{
    private const int MaxSkills = 3;
    private const int MaxExamined = 20;
    private const int MaxOthers = 3;

    /// <summary>Finds the alternatives; null unless the first step of the task waits for its provider.</summary>
    public static async Task<Alternatives?> FindAsync(IGrainFactory grains, TaskView task, AgentView? agent)
    {
        if (task is not { WaitingFor: { Kind: WaitKinds.Provider, StepId: 1 }, Input: { } input } || agent is null)
        {
            return null;
        }

        var registry = grains.GetGrain<IAgentRegistryGrain>(0);
        var skills = agent.Manifest.Skills.IsDefaultOrEmpty ? [] : agent.Manifest.Skills.Take(MaxSkills).ToArray();
        var pages = await Task.WhenAll(skills.Select(skill => registry.SearchAsync(
            new AgentQuery(null, skill, agent.Manifest.Kind, null, "relevance", null, MaxExamined))));
        return new Alternatives(
            skills.FirstOrDefault(),
            agent.Manifest.Version != task.AgentVersion && CanRun(agent) ? agent.Manifest : null,
            [.. Suitable(pages.SelectMany(static page => page.Items), agent.Manifest.Key, input).Take(MaxOthers)]);
    }

    /// <summary>The agents that can run now and accept an input, those that match the most skills first. Pure.</summary>
    public static IEnumerable<AgentManifest> Suitable(IEnumerable<AgentView> found, string instead, Payload input) => found
        .Where(each => each.Manifest.Key != instead && CanRun(each))
        .GroupBy(static each => each.Manifest.Key, StringComparer.Ordinal)
        .OrderByDescending(static each => each.Count()).ThenBy(static each => each.First().Manifest.Price.PerCallMicro)
        .Select(static each => each.First().Manifest)
        .Where(manifest => input.Length <= manifest.MaxInputBytes && Takes(manifest.InputSchema, input));

    private static bool CanRun(AgentView agent) => agent is { Connected: not { Processes: 0 }, Health: not { State: "down" } };

    private static bool Takes(Payload schema, Payload input)
    {
        try
        {
            return JsonSchema.Of(schema.Utf8).Check(input.Utf8, declaredOnly: true) is { Faults.Count: 0, Undeclared.Count: 0 };
        }
        catch (SchemaException)
        {
            return false;
        }
    }
}
