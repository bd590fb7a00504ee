using Microsoft.Extensions.Logging;
using Orkestron.Contracts.Agents;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk.Providers;

/// <summary>Publishes what a process serves. The same versions again change nothing.</summary>
internal sealed partial class Publisher(Api api, ILogger logger)
{
    /// <exception cref="OrkestronException">One was refused.</exception>
    public async Task PublishAsync(IEnumerable<ServedByProcess> agents, CancellationToken stop)
    {
        foreach (var served in agents)
        {
            var card = served.Agent.Card;
            // While the platform is away there is nothing to do but wait for it.
            await api.SendAsync<AgentListing>(
                HttpMethod.Put, $"agents/{served.Key}", PublishAgentRequest.Of(card), null, int.MaxValue, stop).ConfigureAwait(false);
            LogPublished(logger, served.Key, card.Version);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Published {Agent} {Version}")]
    private static partial void LogPublished(ILogger logger, string agent, string version);
}
