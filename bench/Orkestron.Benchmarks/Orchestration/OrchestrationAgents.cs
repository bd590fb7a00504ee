using System.Diagnostics;
using System.Text.Json;
using Orkestron.Benchmarks.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;
using Orkestron.Workflow;

namespace Orkestron.Benchmarks.Orchestration;

/// <summary>Agents that call the agent without work, and tell what that took.</summary>
internal static class OrchestrationAgents
{
    public const int Calls = 999;
    public const int Branches = 100;

    private static readonly JsonElement Empty = JsonSerializer.SerializeToElement(new { });

    /// <summary>What single calls took, milliseconds.</summary>
    public static Latencies CallTimes { get; } = new();

    /// <summary>What maps took, milliseconds.</summary>
    public static Latencies MapTimes { get; } = new();

    /// <summary>Completes when the agent that asked after its calls goes on.</summary>
    public static TaskCompletionSource<long> Resumed { get; set; } = new();

    public static IReadOnlyList<IAgent> All { get; } =
        [new Agent("in-turn", InTurnAsync), new Agent("map", MapAsync), new Agent("resume", ResumeAsync)];

    private static async Task InTurnAsync(IAgentContext context, CancellationToken stop)
    {
        for (var i = 0; i < 100; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await context.CallAgentAsync("bench/no-op", Empty, stop).ConfigureAwait(false);
            CallTimes.AddSince(begun);
        }
    }

    private static async Task MapAsync(IAgentContext context, CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        Func<IAgentContext, Task<JsonElement>> branch = each => each.CallAgentAsync("bench/no-op", Empty, stop);
        await context.WhenAllAsync([.. Enumerable.Repeat(branch, Branches)], 64, stop).ConfigureAwait(false);
        MapTimes.AddSince(begun);
    }

    private static async Task ResumeAsync(IAgentContext context, CancellationToken stop)
    {
        for (var i = 0; i < Calls; i++)
        {
            await context.CallAgentAsync("bench/no-op", Empty, stop).ConfigureAwait(false);
        }

        await context.AskUserAsync(
            new UserQuestion("Go on?", JsonSerializer.SerializeToElement(new { type = "object" })), stop).ConfigureAwait(false);
        Resumed.TrySetResult(Stopwatch.GetTimestamp());
    }

    private sealed class Agent(string name, Func<IAgentContext, CancellationToken, Task> run) : IAgent
    {
        private static readonly JsonElement Schema = JsonSerializer.SerializeToElement(new { type = "object" });

        public AgentCard Card { get; } = new()
        {
            Provider = "bench",
            Name = name,
            Version = "1.0.0",
            Kind = AgentKind.Orchestrator,
            Title = name,
            Summary = "Calls an agent that does nothing.",
            Skills = ["bench"],
            InputSchema = Schema,
            OutputSchema = Schema,
            Examples = [new AgentExample("Nothing", Empty)],
            Price = new AgentPrice(new Tokens(10), default, new Tokens(20_000)),
            Country = "DE",
            MaxConcurrency = 1_000,
        };

        public async Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
        {
            await run(context, cancellationToken).ConfigureAwait(false);
            return Empty;
        }
    }
}
