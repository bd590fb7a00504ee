using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Execution;
using Orkestron.Grains.Tests.Agents;

namespace Orkestron.Grains.Tests.Execution;

public sealed class AgentQueueTests
{
    private readonly AgentQueue _queue = new(maxEnded: 2);

    [Fact]
    public void Admit_SameAttemptTwice_TakesItOnce()
    {
        var work = Work();

        Assert.True(_queue.Admit(work, TestManifest.Of("1.0.0")));
        Assert.False(_queue.Admit(work, TestManifest.Of("1.0.0")));
        Assert.Equal(1, _queue.Waiting);
    }

    [Theory]
    [InlineData(2, 1_000, 2)]
    [InlineData(10, 30, 3)]
    [InlineData(10, 9, 1)]
    [InlineData(10, 1, 1)]
    public void Queue_IsFullByItemsOrByBytes_AndTakesARepeatOfWhatIsInIt(int items, int bytes, int most)
    {
        var options = new AgentOptions { MaxQueued = items, MaxQueuedBytes = bytes };
        var input = Payload.Of("\"12345678\"");
        var taken = new List<WorkItem>();
        for (var work = Work() with { Input = input }; _queue.HasRoom(work, options); work = Work() with { Input = input })
        {
            Assert.True(_queue.Admit(work, TestManifest.Of("1.0.0")));
            taken.Add(work);
        }

        Assert.Equal((most, most * 10L), (taken.Count, _queue.WaitingBytes));
        Assert.All(taken, work => Assert.True(_queue.HasRoom(work, options)));

        var run = _queue.Next(static _ => true)!;
        Assert.Equal((most - 1) * 10L, _queue.WaitingBytes);
        Assert.True(_queue.HasRoom(Work() with { Input = input }, options));
        Assert.True(_queue.PutBack(run));
        Assert.Equal(most * 10L, _queue.WaitingBytes);
        foreach (var work in taken)
        {
            _queue.Cancel(work.TaskId, work.StepId);
        }

        Assert.Equal((0, 0L), (_queue.Waiting, _queue.WaitingBytes));
    }

    [Fact]
    public void Admit_AttemptThatEnded_IsNotRunAgain()
    {
        var work = Work();
        _queue.Admit(work, TestManifest.Of("1.0.0"));
        var run = _queue.Next(static _ => true)!;
        _queue.End(run);
        _queue.Remember(work.Key);
        _queue.Forget(run);

        Assert.False(_queue.Admit(work, TestManifest.Of("1.0.0")));
        Assert.True(_queue.Admit(work with { Attempt = 2 }, TestManifest.Of("1.0.0")));
    }

    [Fact]
    public void Admit_LaterAttempt_CancelsTheOneBefore()
    {
        var work = Work();
        _queue.Admit(work, TestManifest.Of("1.0.0"));
        var first = _queue.Next(static _ => true)!;

        Assert.True(_queue.Admit(work with { Attempt = 2 }, TestManifest.Of("1.0.0")));

        Assert.True(first.Unwanted.IsCancellationRequested);
        Assert.Equal(2, _queue.Next(static _ => true)!.Work.Attempt);
    }

    [Fact]
    public void Next_SeveralWaiting_KeepsTheirOrder()
    {
        var works = Enumerable.Range(0, 3).Select(_ => Work()).ToArray();
        foreach (var work in works)
        {
            _queue.Admit(work, TestManifest.Of("1.0.0"));
        }

        Assert.Equal(works, _queue.WaitingRuns.Select(static run => run.Work));
        Assert.Equal(works, Enumerable.Range(0, 3).Select(_ => _queue.Next(static _ => true)!.Work));
        Assert.Null(_queue.Next(static _ => true));
    }

    [Fact]
    public void Cancel_WaitingAndWorking_BothStop()
    {
        var working = Work();
        var waiting = Work();
        _queue.Admit(working, TestManifest.Of("1.0.0"));
        var run = _queue.Next(static _ => true)!;
        _queue.Admit(waiting, TestManifest.Of("1.0.0"));

        _queue.Cancel(working.TaskId, working.StepId);
        _queue.Cancel(waiting.TaskId, waiting.StepId);
        _queue.Cancel(Guid.NewGuid(), 1);

        Assert.True(run.Unwanted.IsCancellationRequested);
        Assert.Equal(0, _queue.Waiting);
        _queue.End(run);
        Assert.Equal(0, _queue.Working);
    }

    [Fact]
    public void Remember_MoreThanTheLimit_ForgetsTheOldest()
    {
        var works = Enumerable.Range(0, 3).Select(_ => Work()).ToArray();
        foreach (var work in works)
        {
            _queue.Remember(work.Key);
        }

        Assert.True(_queue.Admit(works[0], TestManifest.Of("1.0.0")));
        Assert.False(_queue.Admit(works[2], TestManifest.Of("1.0.0")));
    }

    [Fact]
    public void Next_WhatMayNotBegin_HoldsUpItsOwnVersionOnly()
    {
        var works = new[] { Work(), Work(), Work() with { AgentVersion = "2.0.0" } };
        var asked = new List<WorkItem>();
        foreach (var work in works)
        {
            _queue.Admit(work, TestManifest.Of(work.AgentVersion));
        }

        var run = _queue.Next(each =>
        {
            asked.Add(each.Work);
            return each.Work.AgentVersion == "2.0.0";
        });

        Assert.Equal(works[2], run?.Work);
        Assert.Equal([works[0], works[2]], asked);
        Assert.Equal(2, _queue.Waiting);
    }

    [Fact]
    public void Next_WithOneUserAtHisMost_TakesAnothersWork()
    {
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var owner in (Guid[])[one, one, one, other])
        {
            _queue.Admit(Work() with { OwnerId = owner }, TestManifest.Of("1.0.0"));
        }

        var begun = Enumerable.Range(0, 3).Select(_ => _queue.Next(run => _queue.WorkingOf(run.Work.OwnerId) < 2)!).ToArray();

        Assert.Equal([one, one, other], begun.Select(static run => run.Work.OwnerId));
        Assert.Null(_queue.Next(run => _queue.WorkingOf(run.Work.OwnerId) < 2));
        _queue.End(begun[0]);
        Assert.Equal(one, _queue.Next(run => _queue.WorkingOf(run.Work.OwnerId) < 2)!.Work.OwnerId);
        _queue.End(begun[2]);
        Assert.Equal((2, 0), (_queue.WorkingOf(one), _queue.WorkingOf(other)));
    }

    private static WorkItem Work() =>
        new(Guid.NewGuid(), 1, 1, "a/b", "1.0.0", Payload.EmptyObject, DateTimeOffset.MaxValue);
}
