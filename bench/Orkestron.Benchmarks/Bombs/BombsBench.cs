using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Orkestron.Benchmarks.Common;
using Inputs = Orkestron.Agents.Tests.Isolation.Bombs;

namespace Orkestron.Benchmarks.Bombs;

/// <summary>
/// One user sends inputs that take all the memory or time they can get, all of a kind at once, with the limits that a node has by
/// default; another user runs ordinary tasks, one after the other, and wants its answers.
/// </summary>
internal static class BombsBench
{
    private const int WarmUps = 30_000;

    private static readonly string[] Options =
    [
        "--Orkestron:Web:UserRequestsPerSecond=100000",
        "--Orkestron:Web:AddressRequestsPerSecond=100000",
        "--Orkestron:Wallets:GuestGrantMicro=1000000000000",
        "--Orkestron:Wallets:AccountGrantMicro=1000000000000",
    ];

    private static readonly (string Agent, object Input)[] Ordinary =
    [
        ("orkestron/keyword-extractor", new { text = "Durable tasks survive crashes." }),
        ("orkestron/javascript-sandbox", new { code = "function main(x) { return x * 2; }", input = 21 }),
    ];

    public static async Task RunAsync(BenchStore store)
    {
        var node = await NodeProcess.StartAsync(store, Options).ConfigureAwait(false);
        await using (node.ConfigureAwait(false))
        {
            using var attacker = await node.AccountAsync().ConfigureAwait(false);
            using var somebody = await node.AccountAsync().ConfigureAwait(false);
            // Until the compiler has settled and caches are as full as ordinary work makes them: that is no memory that a bomb costs.
            for (var i = 0; i < WarmUps; i++)
            {
                await RunAsync(somebody, Ordinary[i % Ordinary.Length]).ConfigureAwait(false);
            }

            Console.WriteLine();
            Console.WriteLine($"| {store.Name}: others' answers beside | bombs | of them completed | others' answers | p50 | p99 | max (target 1 s) | the slowest |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|");
            var before = await node.MemoryAsync().ConfigureAwait(false);
            var quiet = new List<Answer>();
            for (var i = 0; i < 200; i++)
            {
                quiet.Add(await RunAsync(somebody, Ordinary[i % Ordinary.Length]).ConfigureAwait(false));
            }

            Print("nothing", 0, 0, quiet);
            var all = new List<Answer>();
            foreach (var kind in Inputs.Kinds)
            {
                var thrown = Inputs.Of(kind)
                    .Select(bomb => ThrowAsync(attacker, $"orkestron/{bomb.Agent}", bomb.Input)).ToArray();
                var ended = Task.WhenAll(thrown);
                var answers = new List<Answer>();
                do
                {
                    answers.Add(await RunAsync(somebody, Ordinary[answers.Count % Ordinary.Length]).ConfigureAwait(false));
                }
                while (!ended.IsCompleted);

                Print(kind, thrown.Length, (await ended.ConfigureAwait(false)).Count(static each => each.State == "completed"), answers);
                all.AddRange(answers);
            }

            Print("all", 0, 0, all);
            var after = await node.MemoryAsync().ConfigureAwait(false);
            Console.WriteLine(
                $"The node's private memory: {before.Private >> 10:N0} MiB before, {after.Private >> 10:N0} MiB after (target: 100 MiB more at most); "
                + $"live heap {before.Heap >> 10:N0} and {after.Heap >> 10:N0} MiB");
        }
    }

    private static void Print(string kind, int bombs, int completed, List<Answer> answers)
    {
        var sorted = answers.OrderBy(static each => each.Took).ToArray();
        var slowest = sorted[^1];
        Console.WriteLine(
            $"| {kind} | {bombs} | {completed} | {sorted.Length:N0} | {sorted[sorted.Length / 2].Took:0} ms "
            + $"| {sorted[Math.Min(sorted.Length - 1, sorted.Length * 99 / 100)].Took:0} ms | {slowest.Took:0} ms "
            + $"| {slowest.Agent}: ran {slowest.Ran:0} ms of it |");
    }

    /// <summary>Runs a task that must complete.</summary>
    private static async Task<Answer> RunAsync(HttpClient somebody, (string Agent, object Input) ordinary)
    {
        var begun = Stopwatch.GetTimestamp();
        var (state, ran) = await ThrowAsync(somebody, ordinary.Agent, ordinary.Input).ConfigureAwait(false);
        return state == "completed"
            ? new Answer(ordinary.Agent, Stopwatch.GetElapsedTime(begun).TotalMilliseconds, ran.TotalMilliseconds)
            : throw new InvalidOperationException($"An ordinary task came to {state}.");
    }

    /// <summary>Runs a task until it is settled, and gives the state it came to and how long its agent ran.</summary>
    private static async Task<(string State, TimeSpan Ran)> ThrowAsync(HttpClient user, string agent, object input)
    {
        using var answer = await user.PostAsJsonAsync("/api/v1/tasks?wait=60", new { agent, input }).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
        {
            // Too large, for instance: refused before it is a task.
            return ($"{(int)answer.StatusCode}", TimeSpan.Zero);
        }

        var task = await answer.Content.ReadFromJsonAsync<JsonElement>().ConfigureAwait(false);
        while (!task.GetProperty("cost").GetProperty("settled").GetBoolean())
        {
            task = await user.GetFromJsonAsync<JsonElement>(
                $"/api/v1/tasks/{task.GetProperty("id").GetString()}?wait=60").ConfigureAwait(false);
        }

        var step = task.GetProperty("steps")[0];
        return (task.GetProperty("state").GetString()!, Time("endedAt") - Time("startedAt"));

        DateTimeOffset Time(string name) =>
            step.GetProperty(name) is { ValueKind: JsonValueKind.String } at ? at.GetDateTimeOffset() : default;
    }

    /// <summary>An answer to somebody else: how long it took, and how long of it the agent ran, in milliseconds.</summary>
    private sealed record Answer(string Agent, double Took, double Ran);
}
