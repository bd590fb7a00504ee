using Orkestron.Contracts.Agents;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Publishing;

/// <summary>Publishes agents, the same for the API and the pages.</summary>
internal sealed class AgentPublishing(IGrainFactory grains, PlanPublishing plans)
{
    /// <summary>Publishes a version, and claims the provider name for the user.</summary>
    /// <param name="userId">Who publishes.</param>
    /// <param name="provider">The provider name.</param>
    /// <param name="name">The agent's name.</param>
    /// <param name="body">The request, checked for missing and malformed fields, with the defaults of plans filled in.</param>
    /// <param name="stop">Ends the checks of a plan.</param>
    /// <returns>The agent, or a refusal whose errors point into the request.</returns>
    public async Task<Outcome<AgentView>> PublishAsync(
        Guid userId, string provider, string name, PublishAgentRequest body, CancellationToken stop)
    {
        AgentManifest manifest;
        if (PlanPublishing.IsPlan(body))
        {
            var planned = await plans.ReadAsync($"{provider}/{name}", body, stop);
            if (!planned.Accepted)
            {
                return planned.Refusal;
            }

            manifest = planned.Value.Apply(Manifest(provider, name, body with { OutputSchema = planned.Value.OutputSchema }));
        }
        else
        {
            manifest = Manifest(provider, name, body);
        }

        var claimed = await grains.GetGrain<IProviderNamesGrain>(userId).ClaimAsync(provider);
        if (!claimed.Accepted)
        {
            return claimed.Refusal;
        }

        if (body.Endpoint is { } endpoint
            && (await grains.Get<IProviderEndpointsGrain>(provider).AdmitAsync(endpoint)).Refusal is { } unproven)
        {
            return unproven;
        }

        var added = await grains.GetGrain<IProviderGrain>(provider).AddAgentAsync(name);
        return added.Accepted
            ? await grains.GetGrain<IAgentGrain>(manifest.Key).ReleaseAsync(
                new AgentRelease(manifest) { CandidateShare = body.CandidateShare, Listed = body.Listed })
            : added.Refusal;
    }

    private static AgentManifest Manifest(string provider, string name, PublishAgentRequest body) => new()
    {
        Provider = provider,
        Name = name,
        Version = body.Version!,
        Kind = body.Kind ?? "worker",
        Title = body.Title!,
        Summary = body.Summary!,
        Skills = [.. body.Skills ?? []],
        InputSchema = body.InputSchema!.Value.ToPayload(),
        OutputSchema = body.OutputSchema!.Value.ToPayload(),
        Examples = [.. body.Examples!.Select(static each => new ManifestExample(each.Title, each.Input.ToPayload()))],
        Price = new AgentPricing(
            body.Price?.PerCall.Micro ?? 0,
            body.Price?.PerThousandCharacters.Micro ?? 0,
            body.Price?.CallBudget.Micro ?? 0),
        Country = body.Country!,
        Recipient = body.Recipient,
        MaxConcurrency = body.MaxConcurrency ?? 4,
        Timeout = TimeSpan.FromSeconds(body.TimeoutSeconds ?? 120),
        MaxInputBytes = body.MaxInputBytes ?? 262_144,
        Transport = body.Endpoint is null ? AgentTransports.Provider : AgentTransports.Http,
        Endpoint = body.Endpoint,
    };
}
