using Microsoft.Extensions.Logging;
using Orkestron.Contracts.Agents;
using Orkestron.GrainInterfaces.Agents;

namespace Orkestron.Silo.Agents;

/// <summary>Publishes the agents of this process when the silo is up. Publishing the same cards again changes nothing.</summary>
internal sealed partial class BuiltInPublisher(IEnumerable<IAgent> agents, IGrainFactory grains, ILogger<BuiltInPublisher> logger)
{
    /// <exception cref="InvalidOperationException">A card was refused: the build is broken, the silo does not start.</exception>
    public async Task PublishAsync()
    {
        foreach (var card in agents.Select(static agent => agent.Card))
        {
            var manifest = CardManifest.Of(card);
            var outcome = await grains.GetGrain<IAgentGrain>(manifest.Key).PublishAsync(manifest);
            if (outcome.Refusal is { } refusal)
            {
                throw new InvalidOperationException($"The card of {manifest.Key} was refused: {refusal.Detail}");
            }

            LogPublished(logger, manifest.Key, manifest.Version);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Published {Agent} {Version}.")]
    private static partial void LogPublished(ILogger logger, string agent, string version);
}
