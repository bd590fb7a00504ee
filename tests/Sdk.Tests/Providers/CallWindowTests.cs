using System.Text.Json;
using Orkestron.Contracts.Providers;
using Orkestron.Sdk.Providers;

namespace Orkestron.Sdk.Tests.Providers;

/// <summary>How many calls of other agents a process has open at once.</summary>
public sealed class CallWindowTests
{
    private readonly CallWindow _window = new();
    private readonly RunningStep _one = Step(1);
    private readonly RunningStep _two = Step(2);

    [Fact]
    public async Task Enter_OverTheLimit_WaitsInOrder()
    {
        _window.Limit(1);
        var entered = Enumerable.Range(0, 3).Select(_ => _window.EnterAsync(_one, CancellationToken.None)).ToArray();
        Assert.Equal([true, false, false], entered.Select(static each => each.IsCompleted));

        _window.Leave(_one);
        await entered[1];
        Assert.False(entered[2].IsCompleted);
        _window.Leave(_one);

        await entered[2];
    }

    [Fact]
    public async Task Enter_OfAStepWithNoneOpen_DoesNotWait()
    {
        _window.Limit(1);
        await _window.EnterAsync(_one, CancellationToken.None);
        await _window.EnterAsync(_two, CancellationToken.None);
        var second = _window.EnterAsync(_two, CancellationToken.None);

        // The limit is still reached by the other one's: its own next one may be open all the same.
        _window.Leave(_two);

        await second;
    }

    [Fact]
    public async Task Enter_GivenUp_TakesNoRoom()
    {
        _window.Limit(1);
        await _window.EnterAsync(_one, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var given = _window.EnterAsync(_one, stop.Token);
        var next = _window.EnterAsync(_one, CancellationToken.None);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        _window.Leave(_one);

        await next;
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1_000)]
    public async Task Limit_Raised_LetsThoseInThatWait(int limit)
    {
        _window.Limit(1);
        var entered = Enumerable.Range(0, 4).Select(_ => _window.EnterAsync(_one, CancellationToken.None)).ToArray();

        _window.Limit(limit);

        await Task.WhenAll(entered.Take(limit));
        Assert.Equal(Math.Max(0, 4 - limit), entered.Count(static each => !each.IsCompleted));
    }

    private static RunningStep Step(int id) => new(
        new StepAssignment($"ticket-{id}", "a/b", "1.0.0", "task", id, 1, 0, JsonSerializer.SerializeToElement(0), default, default),
        TimeProvider.System);
}
