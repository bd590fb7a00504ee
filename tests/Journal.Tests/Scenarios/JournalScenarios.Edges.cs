using Orkestron.Journal.Tests.Stores;

namespace Orkestron.Journal.Tests.Scenarios;

public abstract partial class JournalScenarios
{
    [Fact]
    public async Task Append_EmptyPayloads_AreReadBackEmpty()
    {
        await using var under = await StartAsync();
        var nothing = Array.Empty<byte>();

        await under.Journal.AppendAsync(Appends.To("a", 0) with
        {
            Events = [new("left out", Appends.At, default, default), new("empty", Appends.At, nothing, nothing)],
            Snapshot = new(nothing, default),
        });
        await under.States.WriteAsync("k", 0, nothing);

        var events = await under.Journal.ReadAsync("a", 0, 10, Cancellation);
        Assert.Equal(["left out", "empty"], events.Select(each => each.Type));
        Assert.All(events, each => Assert.Equal(0, each.Body.Length + each.Sealed.Length));
        var tail = await under.Journal.LoadAsync("a", Cancellation);
        Assert.Equal((2L, 0, 0), (tail.Snapshot!.Version, tail.Snapshot.Body.Length, tail.Snapshot.Sealed.Length));
        Assert.Equal(nothing, (await under.States.ReadAsync("k", Cancellation))!.Bytes);
    }

    [Fact]
    public async Task Append_RowsOnly_WritesThemAndLeavesTheStream()
    {
        await using var under = await StartAsync();
        await under.Journal.AppendAsync(Appends.To("a", 0, "1"));

        // Without events there is nothing to fence: the version is not looked at.
        var written = await under.Journal.AppendAsync(
            Appends.To("a", 7) with { Rows = [TestTables.Notes.Put("o", 1L, "t", 5L, new byte[] { 3 })] });
        var nothing = await under.Journal.AppendAsync(Appends.To("b", 0));
        var deleted = await under.Journal.AppendAsync(Appends.To("a", 0) with
        {
            Rows = [TestTables.Notes.Put("o", 2L, null, null, null), TestTables.Notes.Delete("o", 1L), TestTables.Notes.Delete("o", 9L)],
        });

        Assert.All([written, nothing, deleted], answer => Assert.Equal(AppendStatus.Appended, answer.Status));
        Assert.Equal(1, (await under.Journal.LoadAsync("a", Cancellation)).Version);
        var row = Assert.Single(await under.Journal.QueryAsync(TestTables.Notes.Query(), Cancellation));
        Assert.Equal(["o", 2L, null, null, null], row.Values);
    }
}
