using System.Text.Json;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Isolation;

/// <summary>Calls that warm up a process: they load and compile what the first call of a user would otherwise wait for.</summary>
/// <param name="cards">The agents.</param>
internal sealed class WarmCalls(IReadOnlyList<AgentCard> cards)
{
    private static readonly WorkerLimits Limits = new(256, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60));

    /// <summary>Runs the first example of each agent.</summary>
    public async Task RunAsync(Worker worker, CancellationToken cancellationToken)
    {
        foreach (var card in cards)
        {
            JsonElement input = card.Examples[0].Input;
            var run = new RunMessage(card.Name, "warm", "1", 1, DateTimeOffset.UnixEpoch, input);
            // Progress and text of a warm-up call are discarded.
            using var nobody = new PipeContext(new Pipe(Stream.Null), run);
            await worker.CallAsync(run, nobody, Limits, cancellationToken);
        }
    }
}
