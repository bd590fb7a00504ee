using Orkestron.Domain;
using Orkestron.Web.Features.Providers;

namespace Orkestron.Web.Tests.Providers;

/// <summary>How many calls of other agents one connection waits for.</summary>
public sealed class OpenCallsTests : IDisposable
{
    private static readonly StepKey One = new(Guid.NewGuid(), 1, 1, 0);
    private static readonly StepKey Two = new(Guid.NewGuid(), 1, 1, 0);
    private static readonly StepKey Other = new(Guid.NewGuid(), 1, 1, 0);

    private readonly CancellationTokenSource _ended = new();
    private readonly OpenCalls _calls;

    public OpenCallsTests() => _calls = new OpenCalls(maxCalls: 2, maxBytes: 100, _ended.Token);

    [Fact]
    public void Enter_OverTheNumber_IsRefusedUntilOneEnds()
    {
        Assert.Equal(
            [CallEntry.Entered, CallEntry.Entered, CallEntry.TooMany],
            new[] { "0", "1", "2" }.Select(key => _calls.Enter(One, key, 1, held: true).Entry));

        _calls.Leave(One, "0");

        Assert.Equal(CallEntry.Entered, _calls.Enter(One, "2", 1, held: true).Entry);
    }

    [Theory]
    [InlineData(100, 0, "Entered")]
    [InlineData(60, 41, "TooMany")]
    [InlineData(60, 40, "Entered")]
    public void Enter_OverTheBytes_IsRefused(int first, int second, string expected)
    {
        _calls.Enter(One, "0", first, held: true);

        Assert.Equal(expected, _calls.Enter(One, "1", second, held: true).Entry.ToString());
    }

    [Theory]
    [InlineData(true, 100, "Entered")]
    [InlineData(true, 120, "TooMany")]
    [InlineData(false, 1, "TooMany")]
    public void Enter_FirstOfAStep_HasRoomOfItsOwnWhileTheStepIsHeld(bool held, int bytes, string expected)
    {
        _calls.Enter(One, "0", 90, held: true);
        _calls.Enter(One, "1", 0, held: true);

        Assert.Equal(expected, _calls.Enter(Two, "0", bytes, held).Entry.ToString());
        Assert.Equal(CallEntry.TooMany, _calls.Enter(One, "2", 0, held: true).Entry);
    }

    [Fact]
    public void Enter_Again_IsKnownAndCountsOnce()
    {
        _calls.Enter(One, "0", 50, held: true);

        Assert.Equal(CallEntry.Known, _calls.Enter(One, "0", 50, held: true).Entry);

        _calls.Leave(One, "0");
        Assert.Equal(CallEntry.Entered, _calls.Enter(Other, "0", 100, held: false).Entry);
    }

    [Fact]
    public void Leave_OfAStep_FreesItsCallsAndTellsThem()
    {
        var unwanted = _calls.Enter(One, "0", 50, held: true).Unwanted;
        _calls.Enter(One, "1", 50, held: true);

        _calls.Leave(One);
        _calls.Leave(One, "1");

        Assert.True(unwanted.IsCancellationRequested);
        Assert.Equal(
            [CallEntry.Entered, CallEntry.Entered, CallEntry.TooMany],
            new[] { "0", "1", "2" }.Select(key => _calls.Enter(Other, key, 50, held: false).Entry));
    }

    public void Dispose() => _ended.Dispose();

    [Fact]
    public void End_OfTheConnection_TellsItsCalls()
    {
        var unwanted = _calls.Enter(One, "0", 50, held: true).Unwanted;

        _ended.Cancel();

        Assert.True(unwanted.IsCancellationRequested);
        Assert.Equal(CallEntry.TooMany, _calls.Enter(Two, "0", 1, held: true).Entry);
    }
}
