using Orkestron.Agents.Isolation;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Tests.Isolation;

public sealed class FairQueueTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public void Enter_OfOneUserBeyondHisPart_WaitsWhileOthersPass()
    {
        var queue = new FairQueue(places: 3, perUser: 2, maxWaiting: 10);
        Assert.True(queue.EnterAsync("a", Now).IsCompletedSuccessfully);
        Assert.True(queue.EnterAsync("a", Now).IsCompletedSuccessfully);

        Assert.False(queue.EnterAsync("a", Now).IsCompleted);
        Assert.True(queue.EnterAsync("b", Now).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Leave_WithSeveralWaiting_LetsInWhoHoldsFewest()
    {
        var queue = new FairQueue(places: 2, perUser: 2, maxWaiting: 10);
        await queue.EnterAsync("a", Now);
        await queue.EnterAsync("b", Now);
        var second = queue.EnterAsync("a", Now);
        var third = queue.EnterAsync("c", Now);

        queue.Leave("b");

        await third;
        Assert.False(second.IsCompleted);
        queue.Leave("c");
        await second;
    }

    [Fact]
    public async Task Enter_WithTheQueueFull_SaysToComeAgain()
    {
        var queue = new FairQueue(places: 1, perUser: 1, maxWaiting: 1);
        await queue.EnterAsync("a", Now);
        var waits = queue.EnterAsync("b", Now);

        var failure = await Assert.ThrowsAsync<AgentFailedException>(() => queue.EnterAsync("c", Now));
        Assert.Equal(("busy", true), (failure.Code, failure.Retryable));
        Assert.False(waits.IsCompleted);
    }

    [Fact]
    public async Task Enter_WhenCancelled_LeavesNoTrace()
    {
        var queue = new FairQueue(places: 1, perUser: 1, maxWaiting: 1);
        await queue.EnterAsync("a", Now);
        using var stop = new CancellationTokenSource();
        var waits = queue.EnterAsync("b", stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
        Assert.Equal(0, queue.Waiting);
        queue.Leave("a");
        Assert.True(queue.EnterAsync("c", Now).IsCompletedSuccessfully);
    }
}
