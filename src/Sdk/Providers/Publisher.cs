using System.Net;
using Microsoft.Extensions.Logging;
using Orkestron.Contracts.Agents;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk.Providers;

/// <summary>Publishes the agents of a process. Publishing the same version again changes nothing.</summary>
/// <param name="api">The platform.</param>
/// <param name="candidateShare">Percent of new tasks that a new version gets as a candidate; null for all of them.</param>
/// <param name="logger">The log.</param>
internal sealed partial class Publisher(Api api, int? candidateShare, ILogger logger)
{
    /// <exception cref="OrkestronException">An agent was refused.</exception>
    public async Task PublishAsync(IEnumerable<HostedAgent> agents, CancellationToken stop)
    {
        foreach (var served in agents)
        {
            var card = served.Agent.Card;
            var share = candidateShare is not null && await IsPublishedAsync(served.Key, stop).ConfigureAwait(false)
                ? candidateShare
                : null;
            // Retried until the platform can be reached.
            var listing = await api.SendAsync<AgentListing>(
                HttpMethod.Put,
                $"agents/{served.Key}",
                PublishAgentRequest.Of(card) with { CandidateShare = share },
                null,
                int.MaxValue,
                stop).ConfigureAwait(false);
            if (listing.Version == card.Version)
            {
                LogPublished(logger, served.Key, card.Version);
            }
            else
            {
                LogCandidate(logger, served.Key, card.Version, listing.Version);
            }
        }
    }

    // The first version of an agent cannot be a candidate: there is no current version beside it.
    private async Task<bool> IsPublishedAsync(string key, CancellationToken stop)
    {
        try
        {
            await api.SendAsync<AgentListing>(HttpMethod.Get, $"agents/{key}", null, null, int.MaxValue, stop).ConfigureAwait(false);
            return true;
        }
        catch (OrkestronException refused) when (refused.Status == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Published {Agent} {Version}")]
    private static partial void LogPublished(ILogger logger, string agent, string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "Published {Agent} {Version}; new tasks get {Current} but for what its rollout says")]
    private static partial void LogCandidate(ILogger logger, string agent, string version, string current);
}
