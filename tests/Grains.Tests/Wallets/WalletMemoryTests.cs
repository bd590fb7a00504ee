using Orkestron.Domain.Wallets;
using Orkestron.Grains.Wallets;

namespace Orkestron.Grains.Tests.Wallets;

public sealed class WalletMemoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private readonly WalletMemory _memory = new(limit: 16, skew: TimeSpan.FromSeconds(5), Start);

    [Fact]
    public void Find_Remembered_GivesTheEntry()
    {
        var entry = Remember(Start);

        Assert.True(_memory.Find(entry.Id, out var found));
        Assert.Equal(entry with { Postings = found!.Postings }, found);
    }

    [Fact]
    public void Find_MadeBeforeTheActivation_IsNotCertain() =>
        Assert.False(_memory.Find(Guid.CreateVersion7(Start.AddSeconds(-1)), out _));

    [Fact]
    public void Find_MadeOnANodeWhoseClockRunsAhead_IsNotCertain() =>
        Assert.False(_memory.Find(Guid.CreateVersion7(Start.AddSeconds(1)), out _));

    [Fact]
    public void Find_MadeLongAfterTheActivation_IsCertainlyNew()
    {
        Assert.True(_memory.Find(Guid.CreateVersion7(Start.AddMinutes(2)), out var entry));
        Assert.Null(entry);
    }

    [Fact]
    public void Find_IdWithoutATime_IsNotCertain() => Assert.False(_memory.Find(GrantId, out _));

    [Theory]
    [InlineData("ffffffff-ffff-7fff-8000-000000000001")]
    [InlineData("80000000-0000-7000-8000-000000000001")]
    public void Find_IdWithATimeThatNoClockShows_DoesNotThrow(string id) =>
        _memory.Find(Guid.Parse(id), out _);

    [Fact]
    public void Remember_MoreThanTheLimit_IsNotCertainOfTheForgotten()
    {
        var first = Remember(Start.AddMinutes(10));
        for (var i = 1; i <= 16; i++)
        {
            Remember(Start.AddMinutes(10).AddMilliseconds(i));
        }

        Assert.False(_memory.Find(first.Id, out _));
        Assert.False(_memory.Find(Guid.CreateVersion7(Start.AddMinutes(10)), out _));
        Assert.True(_memory.Find(Guid.CreateVersion7(Start.AddMinutes(12)), out _));
    }

    private static Guid GrantId => Guid.Parse("0193a000-0000-8000-8000-000000000009");

    private EntryView Remember(DateTimeOffset at)
    {
        var entry = new EntryView(Guid.CreateVersion7(at), at, LedgerEntry.Hold, 1, Guid.NewGuid(), []);
        _memory.Remember(entry.Id, entry);
        return entry;
    }
}
