using System.Collections.Concurrent;
using System.Text.Json;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;
using Orkestron.Workflow;

namespace Orkestron.Cluster.Tests.Hosting;

/// <summary>Agents that do what a test tells them to, and count what they did.</summary>
public sealed class TestAgents
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();

    public TestAgents() =>
        All = [new Agent("echo", this, EchoAsync), new Agent("gated", this, GatedAsync), new Agent("flaky", this, FlakyAsync),
            new Agent("fan-out", this, FanOutAsync, callBudget: 100_000), new Agent("approval", this, ApprovalAsync, 100_000),
            new Agent("sleeper", this, SleeperAsync, 100_000), new Agent("racer", this, RacerAsync, 100_000),
            new Agent("asking-racer", this, AskingRacerAsync, 100_000),
            new Agent("changing", this, ChangingAsync, 100_000), new Agent("shrinking", this, ShrinkingAsync, 100_000),
            new Agent("asking", this, AskAsync, callBudget: 10_000)];

    public IReadOnlyList<IAgent> All { get; }

    /// <summary>How often each task was run, by task and step.</summary>
    public ConcurrentDictionary<string, int> Runs { get; } = new();

    /// <summary>Completes when a gated task has begun.</summary>
    public Task StartedAsync(Guid taskId) => Gate($"started {taskId}").Task
        .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    /// <summary>Completes when the agent <c>asking</c> has the answer of the agent that it called.</summary>
    public Task AnsweredAsync(Guid taskId) => Gate($"answered {taskId}").Task
        .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    public void Release(string taskId) => Gate("go " + taskId).TrySetResult();

    public void ReleaseAll()
    {
        Gate("all").TrySetResult();
        foreach (var gate in _gates.Values)
        {
            gate.TrySetResult();
        }
    }

    private TaskCompletionSource Gate(string name) =>
        _gates.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private static Task<JsonElement> EchoAsync(JsonElement input, IAgentContext context, CancellationToken stop) =>
        Task.FromResult(input.Clone());

    private async Task<JsonElement> GatedAsync(JsonElement input, IAgentContext context, CancellationToken stop)
    {
        Gate("started " + context.TaskId).TrySetResult();
        context.Write("working");
        await Task.WhenAny(Gate("go " + context.TaskId).Task, Gate("all").Task).WaitAsync(stop);
        return input.Clone();
    }

    private static Task<JsonElement> FlakyAsync(JsonElement input, IAgentContext context, CancellationToken stop) =>
        context.Attempt < input.GetProperty("succeedsAt").GetInt32()
            ? throw new AgentFailedException("Not yet.") { Code = "not_yet", Retryable = true }
            : Task.FromResult(input.Clone());

    private async Task<JsonElement> AskAsync(JsonElement input, IAgentContext context, CancellationToken stop)
    {
        var answer = await context.CallAgentAsync("test/gated", input, stop);
        Gate("answered " + context.TaskId).TrySetResult();
        return answer;
    }

    private static async Task<JsonElement> FanOutAsync(JsonElement input, IAgentContext context, CancellationToken stop)
    {
        var count = input.GetProperty("count").GetInt32();
        var calls = Enumerable.Range(0, count).Select(i => context.CallAgentAsync(
            "test/echo", JsonSerializer.SerializeToElement(new { i }), stop));
        var answers = await Task.WhenAll(calls);
        return JsonSerializer.SerializeToElement(new { sum = answers.Sum(answer => answer.GetProperty("i").GetInt32()) });
    }

    private static async Task<JsonElement> ApprovalAsync(JsonElement input, IAgentContext context, CancellationToken stop)
    {
        var draft = await context.CallAgentAsync("test/echo", input, stop);
        var answer = await context.AskUserAsync(
            new UserQuestion(
                "Send it?",
                JsonSerializer.SerializeToElement(new
                {
                    type = "object",
                    properties = new { approved = new { type = "boolean" } },
                    required = new[] { "approved" },
                }),
                draft),
            stop);
        var sent = await context.CallAgentAsync("test/echo", answer, stop);
        return JsonSerializer.SerializeToElement(new { sent, at = context.Now, id = context.NewId() });
    }

    private async Task<JsonElement> SleeperAsync(JsonElement input, IAgentContext context, CancellationToken stop)
    {
        var noted = await context.SideEffectAsync(
            _ => Task.FromResult(JsonSerializer.SerializeToElement(new { runs = Runs.Values.Sum() })), stop);
        await context.SleepAsync(TimeSpan.FromSeconds(1), stop);
        var echo = await context.CallAgentAsync("test/echo", noted, stop);
        return JsonSerializer.SerializeToElement(new { noted, echo });
    }

    private static async Task<JsonElement> RacerAsync(JsonElement input, IAgentContext context, CancellationToken stop)
    {
        var winner = await context.RaceAsync<JsonElement>(
            [
                (branch, over) => branch.CallAgentAsync("test/gated", JsonSerializer.SerializeToElement(new { who = "slow" }), over),
                (branch, over) => branch.CallAgentAsync("test/echo", JsonSerializer.SerializeToElement(new { who = "fast" }), over),
            ],
            stop);
        return winner;
    }

    // One branch asks, the other answers: what the first asked for must not stay open.
    private static async Task<JsonElement> AskingRacerAsync(JsonElement input, IAgentContext context, CancellationToken stop)
    {
        var winner = await context.RaceAsync<JsonElement>(
            [
                (branch, over) => branch.AskUserAsync(
                    new UserQuestion("Which?", JsonSerializer.SerializeToElement(new { type = "object" })), over),
                async (branch, over) =>
                {
                    await branch.SleepAsync(TimeSpan.FromMilliseconds(50), over);
                    return await branch.CallAgentAsync("test/echo", input, over);
                },
            ],
            stop);
        await context.CallAgentAsync("test/gated", winner, stop);
        return winner;
    }

    // Asks for another thing in its second run: what the platform must notice.
    private async Task<JsonElement> ChangingAsync(JsonElement input, IAgentContext context, CancellationToken stop)
    {
        if (Runs[$"{context.TaskId}/{context.StepId}"] == 1)
        {
            await context.CallAgentAsync("test/echo", input, stop);
            throw new AgentSuspendedException();
        }

        return await context.AskUserAsync(
            new UserQuestion("?", JsonSerializer.SerializeToElement(new { type = "object" })), stop);
    }

    // Asks for less in its second run, and comes to its end.
    private async Task<JsonElement> ShrinkingAsync(JsonElement input, IAgentContext context, CancellationToken stop)
    {
        var answer = await context.CallAgentAsync("test/echo", input, stop);
        if (Runs[$"{context.TaskId}/{context.StepId}"] == 1)
        {
            await context.CallAgentAsync("test/echo", input, stop);
            throw new AgentSuspendedException();
        }

        return answer;
    }

    private sealed class Agent(
        string name,
        TestAgents owner,
        Func<JsonElement, IAgentContext, CancellationToken, Task<JsonElement>> run,
        long callBudget = 0) : IAgent
    {
        private static readonly JsonElement Schema = JsonSerializer.SerializeToElement(new { type = "object" });

        public AgentCard Card { get; } = new()
        {
            Provider = "test",
            Name = name,
            Version = "1.0.0",
            Kind = callBudget > 0 ? AgentKind.Orchestrator : AgentKind.Worker,
            Title = name,
            Summary = "Does what a test tells it to.",
            Skills = ["test"],
            InputSchema = Schema,
            OutputSchema = Schema,
            Examples = [new AgentExample("Anything", JsonSerializer.SerializeToElement(new { }))],
            Price = new AgentPrice(new Tokens(10_000), default, new Tokens(callBudget)),
            Country = "DE",
            MaxConcurrency = 100,
        };

        public Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
        {
            owner.Runs.AddOrUpdate($"{context.TaskId}/{context.StepId}", 1, static (_, count) => count + 1);
            return run(input, context, cancellationToken);
        }
    }
}
