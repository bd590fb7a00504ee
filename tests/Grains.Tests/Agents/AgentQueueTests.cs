using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Agents;

namespace Orkestron.Grains.Tests.Agents;

public sealed class AgentQueueTests
{
    private readonly AgentQueue _queue = new(maxEnded: 2);

    [Fact]
    public void Admit_SameAttemptTwice_TakesItOnce()
    {
        var work = Work();

        Assert.True(_queue.Admit(work));
        Assert.False(_queue.Admit(work));
        Assert.Equal(1, _queue.Waiting);
    }

    [Fact]
    public void Admit_AttemptThatEnded_IsNotRunAgain()
    {
        var work = Work();
        _queue.Admit(work);
        var run = _queue.Next()!;
        _queue.End(run);
        _queue.Remember(StepKey.Of(work));
        _queue.Forget(run);

        Assert.False(_queue.Admit(work));
        Assert.True(_queue.Admit(work with { Attempt = 2 }));
    }

    [Fact]
    public void Admit_LaterAttempt_CancelsTheOneBefore()
    {
        var work = Work();
        _queue.Admit(work);
        var first = _queue.Next()!;

        Assert.True(_queue.Admit(work with { Attempt = 2 }));

        Assert.True(first.Unwanted.IsCancellationRequested);
        Assert.Equal(2, _queue.Next()!.Work.Attempt);
    }

    [Fact]
    public void Next_SeveralWaiting_KeepsTheirOrder()
    {
        var works = Enumerable.Range(0, 3).Select(_ => Work()).ToArray();
        foreach (var work in works)
        {
            _queue.Admit(work);
        }

        Assert.Equal([(works[0], 1), (works[1], 2)], _queue.Positions(2).Select(place => (place.Run.Work, place.Position)));
        Assert.Equal(works, Enumerable.Range(0, 3).Select(_ => _queue.Next()!.Work));
        Assert.Null(_queue.Next());
    }

    [Fact]
    public void Cancel_WaitingAndWorking_BothStop()
    {
        var working = Work();
        var waiting = Work();
        _queue.Admit(working);
        var run = _queue.Next()!;
        _queue.Admit(waiting);

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
            _queue.Remember(StepKey.Of(work));
        }

        Assert.True(_queue.Admit(works[0]));
        Assert.False(_queue.Admit(works[2]));
    }

    private static StepWork Work() =>
        new(Guid.NewGuid(), 1, 1, "a/b", "1.0.0", Payload.EmptyObject, DateTimeOffset.MaxValue);
}
