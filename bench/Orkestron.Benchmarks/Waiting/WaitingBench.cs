using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orkestron.Benchmarks.Common;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Operations;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Tasks;
using Orkestron.Journal;
using Orkestron.Silo.Hosting;

namespace Orkestron.Benchmarks.Waiting;

/// <summary>What 100,000 tasks that wait for an answer cost a node: memory, a sweep, the wake of one.</summary>
internal static class WaitingBench
{
    private const int Count = 100_000;
    private const int AtOnce = 500;
    private const int Woken = 200;

    public static async Task RunAsync(BenchStore store)
    {
        var builder = Host.CreateApplicationBuilder(store.Arguments());
        builder.AddOrkestronSilo();
        using var host = builder.Build();
        await host.StartAsync().ConfigureAwait(false);
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var clock = host.Services.GetRequiredService<TimeProvider>();
        var journal = host.Services.GetRequiredService<IJournal>();
        var sealer = host.Services.GetRequiredService<ISealer>();
        var sweep = grains.GetGrain<IResumeGrain>(0);
        var user = Guid.NewGuid();
        // Compiles the code and fills the pools.
        var first = await FillAsync(journal, sealer, clock, user, 1_000).ConfigureAwait(false);
        await sweep.SweepAsync().ConfigureAwait(false);
        await AskAsync(grains, user, first).ConfigureAwait(false);
        var before = Memory();

        var tasks = await FillAsync(journal, sealer, clock, user, Count).ConfigureAwait(false);
        await Task.Delay(TimeSpan.FromSeconds(2), clock).ConfigureAwait(false);
        var after = Memory();
        var (resumed, processor, time) = await SweepAsync(sweep).ConfigureAwait(false);
        var swept = Memory();
        var times = await AskAsync(grains, user, tasks).ConfigureAwait(false);
        Console.WriteLine();
        Console.WriteLine($"| {store.Name}: {Count:N0} tasks that wait for an answer | | target |");
        Console.WriteLine("|---|---|---|");
        Console.WriteLine($"| private memory more than before them | {(after.Private - before.Private) >> 20} MiB, live heap {(after.Heap - before.Heap) / 1024.0 / 1024:0.0} MiB | 200 MB |");
        Console.WriteLine($"| after a sweep | {(swept.Private - before.Private) >> 20} MiB, live heap {(swept.Heap - before.Heap) / 1024.0 / 1024:0.0} MiB | 200 MB |");
        Console.WriteLine($"| a sweep, {resumed} tasks woken | {processor.TotalMilliseconds:0} ms of processor, {time.TotalMilliseconds:0} ms | 1 s of processor |");
        Console.WriteLine($"| a waiting task asked for, out of memory | p50 {times[times.Count / 2]:0.00} ms, p99 {times[times.Count * 99 / 100]:0.00} ms | |");
        await host.StopAsync().ConfigureAwait(false);
    }

    private static async Task<(int Resumed, TimeSpan Processor, TimeSpan Time)> SweepAsync(IResumeGrain sweep)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var from = Stopwatch.GetTimestamp();
        var resumed = await sweep.SweepAsync().ConfigureAwait(false);
        return (resumed, Environment.CpuUsage.TotalTime - processor, Stopwatch.GetElapsedTime(from));
    }

    private static async Task<List<double>> AskAsync(IGrainFactory grains, Guid user, List<Guid> tasks)
    {
        var times = new List<double>(Woken);
        for (var i = 0; i < Woken; i++)
        {
            var from = Stopwatch.GetTimestamp();
            var view = await grains.GetGrain<ITaskGrain>(tasks[i * (tasks.Count / Woken)]).GetAsync(user).ConfigureAwait(false);
            times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            if (view.Value is not { State: TaskState.InputRequired, Questions.Length: 1 })
            {
                throw new InvalidOperationException($"The task is {view.Value?.State}, {view.Refusal?.Detail}");
            }
        }

        times.Sort();
        return times;
    }

    // As the tasks' own grains would have written them, a while ago.
    private static async Task<List<Guid>> FillAsync(IJournal journal, ISealer sealer, TimeProvider clock, Guid user, int count)
    {
        var at = clock.GetUtcNow().AddMinutes(-10);
        var ids = new List<Guid>(count);
        // The question's content, sealed under the user's key as a grain does it.
        var question = """{"prompt":"Go on?","schema":{"type":"object"}}"""u8.ToArray();
        while (ids.Count < count)
        {
            var appends = new List<Task<AppendResult>>(AtOnce);
            for (var i = 0; i < AtOnce && ids.Count < count; i++)
            {
                var id = Guid.CreateVersion7(at);
                ids.Add(id);
                var stream = $"{TaskFold.Kind.Prefix}{id:N}";
                var content = await sealer.SealAsync(user.ToString("N"), stream, question).ConfigureAwait(false);
                TaskEvent[] facts =
                [
                    new TaskSubmitted(
                        user,
                        "bench/asks",
                        "1.0.0",
                        1_000,
                        Guid.CreateVersion7(at),
                        at.AddDays(30),
                        "hash",
                        TimeSpan.FromMinutes(30),
                        1_000),
                    new StepRequested(1, null, null, "bench/asks", "1.0.0", 1_000, true),
                    new StepAsked(1, "0"),
                    new StepSuspended(1, 1, 0),
                ];
                var task = TaskRecord.None;
                for (var version = 0; version < facts.Length; version++)
                {
                    task = TaskFold.Apply(task, new Recorded<TaskEvent>(version + 1, at, facts[version]));
                }

                appends.Add(journal.AppendAsync(new Append
                {
                    Stream = stream,
                    ExpectedVersion = 0,
                    AppendId = Guid.CreateVersion7(at),
                    Events =
                    [
                        .. facts.Select(
                            fact =>
                                new NewEvent(
                                    TaskEventNames.Of(fact),
                                    at,
                                    EventCodec.Write(fact, TaskFold.Kind.EventJson),
                                    fact is StepAsked ? content : default)),
                    ],
                    Rows = [TaskRows.Put(id, task, clock.GetUtcNow().AddHours(6))],
                }));
            }

            await Task.WhenAll(appends).ConfigureAwait(false);
        }

        return ids;
    }

    private static (long Private, long Heap) Memory()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return (process.PrivateMemorySize64, GC.GetTotalMemory(forceFullCollection: true));
    }
}
