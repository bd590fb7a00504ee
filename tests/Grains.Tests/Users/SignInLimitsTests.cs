using Orkestron.Domain.Users;

namespace Orkestron.Grains.Tests.Users;

public sealed class SignInLimitsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private readonly AccountOptions _options = new();
    private readonly SignInLimits _limits;

    public SignInLimitsTests() => _limits = new SignInLimits(_options);

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 10)]
    [InlineData(6, 20)]
    [InlineData(8, 80)]
    [InlineData(40, 900)]
    public void MustWait_AfterWrongPasswordsOfAPlace_DoublesUpToTheLongest(int wrong, double seconds)
    {
        var place = SignInPlace.Of("192.0.2.1", null);
        for (var i = 0; i < wrong; i++)
        {
            _limits.Wrong(place, Now);
        }

        Assert.Equal(seconds, _limits.MustWait(place, Now)?.TotalSeconds ?? 0);
        Assert.Null(_limits.MustWait(SignInPlace.Of("192.0.2.2", null), Now));
    }

    [Fact]
    public void MustWait_AGuesserWithAnAddressForEachTry_IsSlowAndKnownPlacesAreNot()
    {
        _limits.Right(SignInPlace.Of("198.51.100.7", null));
        for (var i = 0; i < _options.SharedFailures; i++)
        {
            Assert.Null(_limits.MustWait(SignInPlace.Of($"a{i}", null), Now));
            _limits.Wrong(SignInPlace.Of($"a{i}", null), Now);
        }

        // 100 an hour come back one every 36 seconds.
        Assert.Equal(36, _limits.MustWait(SignInPlace.Of("another", null), Now)!.Value.TotalSeconds, 1);
        Assert.Null(_limits.MustWait(SignInPlace.Of("another", null), Now.AddSeconds(37)));
        Assert.Null(_limits.MustWait(SignInPlace.Of("another", "known device"), Now));
        Assert.Null(_limits.MustWait(SignInPlace.Of("198.51.100.7", null), Now));
    }

    [Fact]
    public void Wrong_OnAKnownDevice_WaitsForItselfAndSpendsNothingOfTheOthers()
    {
        var device = SignInPlace.Of("192.0.2.1", "stolen");
        for (var i = 0; i < _options.SharedFailures + 1; i++)
        {
            _limits.Wrong(device, Now);
        }

        Assert.Equal(_options.MaxWait, _limits.MustWait(SignInPlace.Of("elsewhere", "stolen"), Now));
        Assert.Null(_limits.MustWait(SignInPlace.Of("192.0.2.1", null), Now));
    }

    [Fact]
    public void Right_ForgetsTheWrongOnesOfItsPlaceOnly()
    {
        var (owner, guesser) = (SignInPlace.Of("owner", null), SignInPlace.Of("guesser", null));
        for (var i = 0; i < 7; i++)
        {
            _limits.Wrong(owner, Now);
            _limits.Wrong(guesser, Now);
        }

        _limits.Right(owner);

        Assert.Null(_limits.MustWait(owner, Now));
        Assert.NotNull(_limits.MustWait(guesser, Now));
    }
}
