using Orkestron.Domain;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Grains.Tests.Agents;
using Orkestron.Grains.Tests.Common;
using Orkestron.Grains.Tests.Tasks;

namespace Orkestron.Grains.Tests.Execution;

/// <summary>How often tasks hear of their places in an agent's queue.</summary>
[Collection("silo")]
public sealed class QueuePlaceTests(TestSilo silo)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queue_ThatMoves_TellsOnlyWhoWatchesAndTheLastPlaceInTheEnd()
    {
        var key = $"queue-{Guid.NewGuid():N}"[..20] + "/work";
        var agent = silo.Grains.GetGrain<IAgentGrain>(key);
        var desk = silo.Grains.GetGrain<IProviderAgentGrain>(key);
        Assert.True((await agent.PublishAsync(TestManifest.Of("1.0.0", key))).Accepted);
        var link = new Link();
        Assert.True(await desk.LinkAsync(new ProviderLinkState(
            "process-1", 1, silo.Grains.CreateObjectReference<IProviderLink>(link), "1.0.0", 1, [])));
        var deadline = silo.Clock.GetUtcNow().AddHours(1);
        var works = Enumerable.Range(0, 6).Select(_ => new WorkItem(Guid.NewGuid(), 1, 1, key, "1.0.0", Payload.EmptyObject, deadline)
        {
            WatchedUntil = default(DateTimeOffset),
        }).ToArray();
        foreach (var work in works)
        {
            await silo.SendAsync(work);
        }

        await Until(async () =>
        {
            // The stream looks for work by this clock.
            silo.Clock.Advance(TimeSpan.FromMilliseconds(10));
            return (await agent.GetAsync())!.Stats is { Working: 1, Queued: 5 };
        });
        var first = await link.NextAsync();
        var watched = works[^1];

        await agent.WatchStepAsync(watched.TaskId, 1, DateTimeOffset.MaxValue);
        await Until(() => ToldAsync(1));
        for (var step = first; ; step = await link.NextAsync())
        {
            await desk.AnswerAsync(new StepRunResult(step, silo.Clock.GetUtcNow(), Payload.EmptyObject, null));
            if ((await agent.GetAsync())!.Stats.Queued == 1)
            {
                break;
            }
        }

        // Four places further within the second: that is told once, when the second is over.
        Assert.Equal([5], silo.Places(watched.TaskId));
        await Until(() => ToldAsync(2));

        Task<bool> ToldAsync(int times)
        {
            silo.Clock.Advance(TimeSpan.FromMilliseconds(10));
            return Task.FromResult(silo.Places(watched.TaskId).Count == times);
        }

        Assert.Equal([5, 1], silo.Places(watched.TaskId));
        Assert.All(works.Where(work => work != watched), work => Assert.Empty(silo.Places(work.TaskId)));
    }

    [Fact]
    public async Task Task_TellsItsAgentWhenItIsWatchedAndWhenNoMore()
    {
        var stage = new TaskStage(silo);
        await stage.SubmitAsync("aa/is-watched");
        Assert.Empty(silo.Watches(stage.Id));

        // Asked for twice, it counts as watched for a while.
        await stage.ViewAsync();
        await stage.ViewAsync();
        var asked = silo.Clock.GetUtcNow();
        await Until(() => Task.FromResult(silo.Watches(stage.Id).Count >= 1));
        await using (var watch = stage.Task.WatchAsync(stage.Wallet.UserId, 0, Stop).GetAsyncEnumerator(Stop))
        {
            Assert.True(await watch.MoveNextAsync());
            await Until(() => Task.FromResult(silo.Watches(stage.Id).Count >= 2));
        }

        await Until(() => Task.FromResult(silo.Watches(stage.Id).Count >= 3));
        var told = silo.Watches(stage.Id);
        Assert.Equal(3, told.Count);
        Assert.Equal((asked.AddSeconds(30), DateTimeOffset.MaxValue, told[0]), (told[0], told[1], told[2]));
    }

    private static async Task Until(Func<Task<bool>> so)
    {
        using var late = new CancellationTokenSource(Patience);
        while (!await so())
        {
            late.Token.ThrowIfCancellationRequested();
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Stop);
        }
    }

    private sealed class Link : IProviderLink
    {
        private readonly System.Threading.Channels.Channel<StepKey> _begun = System.Threading.Channels.Channel.CreateUnbounded<StepKey>();

        public async Task<StepKey> NextAsync() => await _begun.Reader.ReadAsync(Stop).AsTask().WaitAsync(Patience, Stop);

        public Task BeginAsync(WorkerAssignment order)
        {
            _begun.Writer.TryWrite(order.Step);
            return Task.CompletedTask;
        }

        public Task StopAsync(StepKey step) => Task.CompletedTask;
    }
}
