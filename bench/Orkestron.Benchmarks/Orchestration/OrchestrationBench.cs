using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orkestron.Benchmarks.Common;
using Orkestron.Benchmarks.Tasks;
using Orkestron.Contracts.Agents;
using Orkestron.Domain;
using Orkestron.Domain.Privacy;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Silo.Hosting;
using Orleans.Core.Internal;

namespace Orkestron.Benchmarks.Orchestration;

/// <summary>What an orchestrator's durable calls cost, one task at a time.</summary>
internal static class OrchestrationBench
{
    public static async Task RunAsync(BenchStore store, TimeSpan time)
    {
        var builder = Host.CreateApplicationBuilder(store.Arguments());
        builder.AddOrkestronSilo();
        builder.Services.AddSingleton<IAgent>(new BenchAgent("no-op", 0));
        foreach (var agent in OrchestrationAgents.All)
        {
            builder.Services.AddSingleton(agent);
        }

        using var host = builder.Build();
        await host.StartAsync().ConfigureAwait(false);
        var customer = new Customer(
            host.Services.GetRequiredService<IGrainFactory>(), host.Services.GetRequiredService<TimeProvider>());
        await customer.OpenAsync().ConfigureAwait(false);
        await Load.WarmUpAsync(2, async () =>
        {
            await customer.RunAsync("bench/in-turn").ConfigureAwait(false);
            await customer.RunAsync("bench/map").ConfigureAwait(false);
        }).ConfigureAwait(false);
        await customer.ResumeAsync().ConfigureAwait(false);
        OrchestrationAgents.CallTimes.Clear();
        OrchestrationAgents.MapTimes.Clear();
        var direct = new Latencies();
        var resumed = new Latencies();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time || resumed.Count < 5)
        {
            var begun = Stopwatch.GetTimestamp();
            await customer.RunAsync("bench/no-op").ConfigureAwait(false);
            direct.AddSince(begun);
            await customer.RunAsync("bench/in-turn").ConfigureAwait(false);
            await customer.RunAsync("bench/map").ConfigureAwait(false);
            resumed.Add(await customer.ResumeAsync().ConfigureAwait(false));
        }

        Console.WriteLine();
        Console.WriteLine($"| {store.Name}: orchestration, one task at a time | p50 | p99 | target |");
        Console.WriteLine("|---|---|---|---|");
        Row("one agent, submission to settlement", direct, "-");
        Row("a durable call within an orchestrator", OrchestrationAgents.CallTimes, "p50 2 ms");
        Row($"a map of {OrchestrationAgents.Branches} branches, 64 at once", OrchestrationAgents.MapTimes, "300 ms");
        Row($"{OrchestrationAgents.Calls + 1:N0} steps, out of memory, from the answer to going on", resumed, "200 ms");
        await host.StopAsync().ConfigureAwait(false);
    }

    private static void Row(string name, Latencies times, string target) =>
        Console.WriteLine($"| {name} | {times.P50:0.00} ms | {times.P99:0.00} ms | {target} |");

    private sealed class Customer(IGrainFactory grains, TimeProvider clock)
    {
        private readonly Guid _id = Guid.CreateVersion7(clock.GetUtcNow());

        public async Task OpenAsync()
        {
            foreach (var name in OrchestrationAgents.All.Select(static each => each.Card.Name).Append("no-op"))
            {
                while (await grains.GetGrain<IAgentGrain>($"bench/{name}").GetAsync().ConfigureAwait(false) is null)
                {
                    await Task.Yield();
                }
            }

            await grains.GetGrain<IUserGrain>(_id)
                .OpenGuestAsync(new OpenGuest(true, PrivacyPolicy.Current.Version)).ConfigureAwait(false);
        }

        public async Task RunAsync(string agent)
        {
            var task = await SubmitAsync(agent).ConfigureAwait(false);
            var ended = await task.WaitAsync(_id, TimeSpan.FromSeconds(30)).ConfigureAwait(false);
            if (ended.Value is not { Settled: true, State: TaskState.Completed })
            {
                throw new InvalidOperationException($"{agent} is {ended.Value?.State} after 30 seconds.");
            }
        }

        /// <summary>Milliseconds from the answer to the line after the question, the task's activation gone before.</summary>
        public async Task<TimeSpan> ResumeAsync()
        {
            OrchestrationAgents.Resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var task = await SubmitAsync("bench/resume").ConfigureAwait(false);
            // Its run has ended, too: otherwise that brings the task back into memory before the answer does.
            while ((await task.GetAsync(_id).ConfigureAwait(false)).Value
                is not { State: TaskState.InputRequired, Steps: [{ State: StepState.Waiting }, ..] })
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), clock).ConfigureAwait(false);
            }

            await task.AsReference<IGrainManagementExtension>().DeactivateOnIdle().ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock).ConfigureAwait(false);
            var begun = Stopwatch.GetTimestamp();
            var answered = await task.AnswerAsync(new AnswerQuestion(_id, null, Payload.EmptyObject)).ConfigureAwait(false);
            var resumed = await OrchestrationAgents.Resumed.Task.WaitAsync(TimeSpan.FromSeconds(30), clock).ConfigureAwait(false);
            await task.WaitAsync(_id, TimeSpan.FromSeconds(30)).ConfigureAwait(false);
            return answered.Accepted
                ? Stopwatch.GetElapsedTime(begun, resumed)
                : throw new InvalidOperationException(answered.Refusal.Detail);
        }

        private async Task<ITaskGrain> SubmitAsync(string agent)
        {
            var submitted = await grains.SubmitNewTaskAsync(
                new SubmitTask(_id, agent, Payload.EmptyObject, null, null), clock).ConfigureAwait(false);
            return submitted.Accepted
                ? grains.Get<ITaskGrain>(submitted.Value.Id)
                : throw new InvalidOperationException(submitted.Refusal.Detail);
        }
    }
}
