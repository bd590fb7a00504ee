using Microsoft.Extensions.Time.Testing;
using Orkestron.Grains.Messages;

namespace Orkestron.Grains.Tests.Messages;

/// <summary>Requests for a message that wait at a place, each for its own time.</summary>
public sealed class ReceiversTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(4);

    private readonly FakeTimeProvider _clock = new();
    private readonly Receivers _receivers;

    public ReceiversTests() => _receivers = new Receivers(_clock);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(3, 2)]
    public async Task Tell_AfterOthersAtThePlaceGaveUp_ReachesThoseThatStillWait(int early, int late)
    {
        var first = Enumerable.Range(0, early).Select(_ => _receivers.WaitAsync(1, "0", Wait)).ToArray();
        _clock.Advance(Wait / 2);
        var second = Enumerable.Range(0, late).Select(_ => _receivers.WaitAsync(1, "0", Wait)).ToArray();
        _clock.Advance(Wait / 2);
        await Task.WhenAll(first);
        Assert.All(second, static each => Assert.False(each.IsCompleted));

        Assert.True(_receivers.Tell(1, "0"));

        await Task.WhenAll(second);
    }

    [Fact]
    public async Task Tell_WhereNobodyWaitsAnyMore_SaysSo()
    {
        var one = _receivers.WaitAsync(1, "0", Wait);
        var other = _receivers.WaitAsync(1, "1", Wait);
        Assert.False(_receivers.Tell(2, "0"));
        Assert.True(_receivers.Tell(1, "1"));
        await other;
        _clock.Advance(Wait);
        await one;

        Assert.False(_receivers.Tell(1, "0"));
        Assert.False(_receivers.Tell(1, "1"));
    }

    [Fact]
    public async Task TellAll_ReachesEveryPlace()
    {
        var all = new[] { _receivers.WaitAsync(1, "0", Wait), _receivers.WaitAsync(1, "1", Wait), _receivers.WaitAsync(2, "0", Wait) };

        _receivers.TellAll();

        await Task.WhenAll(all);
    }
}
