using System.Text.Json;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Isolation;

/// <summary>Calls that nobody waits for: they load and compile what the first call of a user would else wait for.</summary>
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
            // Nothing is told to anybody: a pipe that leads nowhere.
            using var nobody = new PipeContext(new Pipe(Stream.Null), run);
            await worker.CallAsync(run, nobody, Limits, cancellationToken);
        }
    }
}
