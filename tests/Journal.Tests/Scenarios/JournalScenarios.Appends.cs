using Orkestron.Journal.Tests.Stores;

namespace Orkestron.Journal.Tests.Scenarios;

public abstract partial class JournalScenarios
{
    [Fact]
    public async Task Append_NewStream_IsReadBackAsWritten()
    {
        await using var under = await StartAsync();
        var append = Appends.To("a", 0) with
        {
            Events = [new("first", Appends.At, new byte[] { 1, 2 }, new byte[] { 9 }), new("second", Appends.At, default, default)],
        };

        var result = await under.Journal.AppendAsync(append);

        Assert.Equal(new AppendResult(AppendStatus.Appended, 2), result);
        var tail = await under.Journal.LoadAsync("a", Cancellation);
        Assert.Null(tail.Snapshot);
        Assert.Equal(2, tail.Version);
        Assert.Equal(["first", "second"], tail.Events.Select(each => each.Type));
        Assert.Equal([1L, 2L], tail.Events.Select(each => each.Version));
        Assert.All(tail.Events, each => Assert.Equal((append.AppendId, Appends.At), (each.AppendId, each.At)));
        Assert.Equal(new byte[] { 1, 2 }, tail.Events[0].Body.ToArray());
        Assert.Equal(new byte[] { 9 }, tail.Events[0].Sealed.ToArray());
        Assert.Equal(0, tail.Events[1].Body.Length + tail.Events[1].Sealed.Length);
    }

    [Fact]
    public async Task Append_SentWithoutAwaiting_KeepsOrder()
    {
        await using var under = await StartAsync();

        var sent = Enumerable.Range(0, 500).Select(i => under.Journal.AppendAsync(Appends.To("a", i, $"{i}"))).ToArray();
        var results = await Task.WhenAll(sent);

        Assert.All(results, result => Assert.Equal(AppendStatus.Appended, result.Status));
        var tail = await under.Journal.LoadAsync("a", Cancellation);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), tail.Events.Texts());
    }

    [Fact]
    public async Task Append_VersionTaken_IsAConflictAndWritesNothing()
    {
        await using var under = await StartAsync();
        await under.Journal.AppendAsync(Appends.To("a", 0, "winner"));

        var loser = Appends.To("a", 0, "loser") with { Rows = [TestTables.Notes.Put("o", 1L, "loser", 1L, null)] };
        var result = await under.Journal.AppendAsync(loser);

        Assert.Equal(new AppendResult(AppendStatus.Conflict, 1), result);
        Assert.Equal(["winner"], (await under.Journal.LoadAsync("a", Cancellation)).Events.Texts());
        Assert.Equal(0, await under.Journal.CountAsync(TestTables.Notes.Query(), Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Append_AheadOfTheStream_IsAConflict(long expectedVersion)
    {
        await using var under = await StartAsync();

        var result = await under.Journal.AppendAsync(Appends.To("a", expectedVersion, "gap"));

        Assert.Equal(new AppendResult(AppendStatus.Conflict, 0), result);
        Assert.Equal(0, (await under.Journal.LoadAsync("a", Cancellation)).Version);
    }

    [Fact]
    public async Task Append_SameIdAgain_IsAnsweredAsDoneAndWrittenOnce()
    {
        await using var under = await StartAsync();
        var append = Appends.To("a", 0, "1", "2");
        await under.Journal.AppendAsync(append);
        await under.Journal.AppendAsync(Appends.To("a", 2, "3"));

        var again = await under.Journal.AppendAsync(append);

        Assert.Equal(new AppendResult(AppendStatus.Appended, 2), again);
        Assert.Equal(["1", "2", "3"], (await under.Journal.LoadAsync("a", Cancellation)).Events.Texts());
    }
}
