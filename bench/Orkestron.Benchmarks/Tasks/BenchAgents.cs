using System.Text.Json;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Benchmarks.Tasks;

/// <summary>An agent that answers at once, and one that calls it twice: a task of three steps.</summary>
internal sealed class BenchAgent(string name, int calls) : IAgent
{
    private static readonly JsonElement Schema = JsonSerializer.SerializeToElement(new { type = "object" });
    private static readonly JsonElement Empty = JsonSerializer.SerializeToElement(new { });

    public AgentCard Card { get; } = new()
    {
        Provider = "bench",
        Name = name,
        Version = "1.0.0",
        Kind = calls > 0 ? AgentKind.Orchestrator : AgentKind.Worker,
        Title = name,
        Summary = "Does nothing, at once.",
        Skills = ["bench"],
        InputSchema = Schema,
        OutputSchema = Schema,
        Examples = [new AgentExample("Nothing", Empty)],
        Price = new AgentPrice(new Tokens(10), default, new Tokens(calls * 10)),
        Country = "DE",
        MaxConcurrency = 1_000,
    };

    public async Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        for (var i = 0; i < calls; i++)
        {
            await context.CallAgentAsync("bench/no-op", Empty, cancellationToken).ConfigureAwait(false);
        }

        return Empty;
    }
}
