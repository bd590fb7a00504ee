using Orkestron.Contracts.Agents;
using Orkestron.Domain.Agents;
using Orkestron.Web.Features.Endpoints;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Agents.Catalogue;

/// <summary>Maps agents from grains to the API.</summary>
internal static class AgentMapping
{
    public static AgentListing ToListing(this AgentView view)
    {
        var manifest = view.Manifest;
        return new AgentListing(
            manifest.Provider,
            manifest.Name,
            manifest.Version,
            manifest.Kind,
            manifest.Title,
            manifest.Summary,
            manifest.Skills,
            manifest.InputSchema.ToElement(),
            manifest.OutputSchema.ToElement(),
            [.. manifest.Examples.Select(static each => new AgentExample(each.Title, each.Input.ToElement()))],
            manifest.Price.ToListed(),
            manifest.Country,
            manifest.MaxConcurrency,
            manifest.Timeout.TotalSeconds,
            manifest.MaxInputBytes,
            view.PublishedAt,
            view.Stats.ToFigures(),
            view.Connected is { } connected
                ? new AgentPresence(connected.Processes, connected.Capacity) { LastSeen = connected.LastSeenAt }
                : null,
            view.ToHealth(),
            manifest.Transport == AgentTransports.Plan ? manifest.Calls : null);
    }

    public static AgentFigures ToFigures(this AgentStats stats) => new(
        stats.Runs, stats.Succeeded, stats.P50Milliseconds, stats.P95Milliseconds, stats.Working, stats.Queued)
    {
        InputErrors = stats.InputErrors,
    };

    /// <summary>The price as the API shows it.</summary>
    public static ListedPrice ToListed(this AgentPricing price) => new(
        new Tokens(price.PerCallMicro), new Tokens(price.PerThousandMicro), new Tokens(price.CallBudgetMicro));
}
