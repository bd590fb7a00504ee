using System.Net;
using Microsoft.Extensions.Time.Testing;
using Orkestron.Grains.Placement;

namespace Orkestron.Grains.Tests.Placement;

public sealed class PayerPlacementTests
{
    private static readonly SiloAddress[] Silos =
        [.. Enumerable.Range(0, 4).Select(static i => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_111 + i), 100 + i))];

    [Fact]
    public void Payers_AreSpreadEvenly()
    {
        var chosen = Keys(4_000).CountBy(static key => PayerPlacementDirector.Choose(Silos, key)).ToDictionary();

        Assert.Equal(4, chosen.Count);
        Assert.All(chosen.Values, static count => Assert.InRange(count, 850, 1_150));
    }

    [Fact]
    public void Silo_ThatIsLost_MovesItsOwnPayersOnly()
    {
        foreach (var key in Keys(1_000))
        {
            var before = PayerPlacementDirector.Choose(Silos, key);
            var after = PayerPlacementDirector.Choose(Silos[1..], key);
            Assert.True(after == before || before == Silos[0]);
            Assert.NotEqual(Silos[0], after);
        }
    }

    [Fact]
    public void Order_OfTheSilos_DoesNotMatter() => Assert.All(Keys(100), static key => Assert.Equal(
        PayerPlacementDirector.Choose(Silos, key), PayerPlacementDirector.Choose([.. Silos.Reverse()], key)));

    [Fact]
    public void Payer_WithManyTasksInASecond_CountsAsOneWithFewInTheNext()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        var rate = new PayerRate(2, payers: 1, clock);
        var (busy, other) = (Guid.NewGuid(), Guid.NewGuid());

        Assert.Equal([true, true, false], [rate.Count(busy), rate.Count(busy), rate.Count(busy)]);
        // Beyond the payers that are counted nobody has many.
        Assert.Equal([true, true, true], [rate.Count(other), rate.Count(other), rate.Count(other)]);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(rate.Count(busy));
    }

    private static IEnumerable<Guid> Keys(int count)
    {
        var random = new Random(7);
        for (var i = 0; i < count; i++)
        {
            var bytes = new byte[16];
            random.NextBytes(bytes);
            yield return new Guid(bytes);
        }
    }
}
