using Microsoft.Extensions.Time.Testing;
using Orkestron.Grains.Tasks;

namespace Orkestron.Grains.Tests.Messages;

/// <summary>Requests for a message that wait at a place, each for its own time.</summary>
public sealed class MessageWaitersTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(4);

    private readonly FakeTimeProvider _clock = new();
    private readonly MessageWaiters _waiters;

    public MessageWaitersTests() => _waiters = new MessageWaiters(_clock);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(3, 2)]
    public async Task Tell_AfterOthersAtThePlaceGaveUp_ReachesThoseThatStillWait(int early, int late)
    {
        var first = Enumerable.Range(0, early).Select(_ => _waiters.WaitAsync(1, "0", Wait)).ToArray();
        _clock.Advance(Wait / 2);
        var second = Enumerable.Range(0, late).Select(_ => _waiters.WaitAsync(1, "0", Wait)).ToArray();
        _clock.Advance(Wait / 2);
        await Task.WhenAll(first);
        Assert.All(second, static each => Assert.False(each.IsCompleted));

        Assert.True(_waiters.Notify(1, "0"));

        await Task.WhenAll(second);
    }

    [Fact]
    public async Task Tell_WhereNobodyWaitsAnyMore_SaysSo()
    {
        var one = _waiters.WaitAsync(1, "0", Wait);
        var other = _waiters.WaitAsync(1, "1", Wait);
        Assert.False(_waiters.Notify(2, "0"));
        Assert.True(_waiters.Notify(1, "1"));
        await other;
        _clock.Advance(Wait);
        await one;

        Assert.False(_waiters.Notify(1, "0"));
        Assert.False(_waiters.Notify(1, "1"));
    }

    [Fact]
    public async Task ReleaseAll_ReachesEveryPlace()
    {
        var all = new[] { _waiters.WaitAsync(1, "0", Wait), _waiters.WaitAsync(1, "1", Wait), _waiters.WaitAsync(2, "0", Wait) };

        _waiters.ReleaseAll();

        await Task.WhenAll(all);
    }
}
