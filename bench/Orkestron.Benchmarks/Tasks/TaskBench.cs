using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orkestron.Benchmarks.Common;
using Orkestron.Contracts.Agents;
using Orkestron.Domain;
using Orkestron.Domain.Privacy;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.GrainInterfaces.Users;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Silo.Hosting;

namespace Orkestron.Benchmarks.Tasks;

/// <summary>Tasks of three steps with hold, capture and fee split, all durable, until settled.</summary>
internal static class TaskBench
{
    private const int Customers = 64;

    public static async Task RunAsync(BenchStore store, TimeSpan time, int[] inFlight)
    {
        var builder = Host.CreateApplicationBuilder(store.Arguments());
        builder.AddOrkestronSilo();
        builder.Services.AddSingleton<IAgent>(new BenchAgent("no-op", 0));
        builder.Services.AddSingleton<IAgent>(new BenchAgent("three-step", 2));
        using var host = builder.Build();
        await host.StartAsync().ConfigureAwait(false);
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var clock = host.Services.GetRequiredService<TimeProvider>();
        while (await grains.GetGrain<IAgentGrain>("bench/three-step").GetAsync().ConfigureAwait(false) is null
            || await grains.GetGrain<IAgentGrain>("bench/no-op").GetAsync().ConfigureAwait(false) is null)
        {
            await Task.Yield();
        }

        var customers = new Guid[Customers];
        for (var i = 0; i < customers.Length; i++)
        {
            customers[i] = Guid.CreateVersion7(clock.GetUtcNow());
            await grains.GetGrain<IUserGrain>(customers[i])
                .OpenGuestAsync(new OpenGuest(true, PrivacyPolicy.Current.Version)).ConfigureAwait(false);
        }

        Console.WriteLine();
        Console.WriteLine($"| {store.Name}: three-step tasks, hold to settlement | rate | p50 | p99 | CPU a task |");
        Console.WriteLine("|---|---|---|---|---|");
        var next = 0;
        await Load.WarmUpAsync(64, () => RunOneAsync(
            grains, customers[Interlocked.Increment(ref next) % Customers], clock)).ConfigureAwait(false);
        foreach (var many in inFlight)
        {
            var result = await Load.RunAsync(many, time, () => RunOneAsync(
                grains, customers[Interlocked.Increment(ref next) % Customers], clock)).ConfigureAwait(false);
            Console.WriteLine(result.Row($"{many} in flight"));
        }

        Console.WriteLine("Target on PostgreSQL: 3,000/s at 128 in flight; p50 at most 3 ms at 1 in flight");
        Console.WriteLine(
            $"Garbage collections: {GC.CollectionCount(0)}, {GC.GetTotalPauseDuration().TotalSeconds:0.0} s paused; "
            + $"{GC.GetTotalAllocatedBytes() >> 20:N0} MiB allocated; {Environment.WorkingSet >> 20:N0} MiB in use");
        var audit = await grains.GetGrain<ILedgerGrain>(0).AuditAsync().ConfigureAwait(false);
        Console.WriteLine($"Ledger: {audit.Entries:N0} entries, sum {audit.SumMicro}, {audit.Problems.Length} problems");
        await host.StopAsync().ConfigureAwait(false);
    }

    private static async Task RunOneAsync(IGrainFactory grains, Guid customer, TimeProvider clock)
    {
        var submitted = await grains.SubmitNewTaskAsync(
            new SubmitTask(customer, "bench/three-step", Payload.EmptyObject, null, null), clock).ConfigureAwait(false);
        if (!submitted.Accepted)
        {
            throw new InvalidOperationException(submitted.Refusal.Detail);
        }

        var ended = await grains.Get<ITaskGrain>(submitted.Value.Id)
            .WaitAsync(customer, TimeSpan.FromSeconds(30)).ConfigureAwait(false);
        if (ended.Value is not { Settled: true, State: TaskState.Completed, Steps.Length: 3 })
        {
            throw new InvalidOperationException($"Task {submitted.Value.Id} is {ended.Value?.State} after 30 seconds.");
        }
    }
}
