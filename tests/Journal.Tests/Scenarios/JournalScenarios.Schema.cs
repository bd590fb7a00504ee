using Orkestron.Journal.Tests.Stores;

namespace Orkestron.Journal.Tests.Scenarios;

public abstract partial class JournalScenarios
{
    [Fact]
    public async Task Start_StoreOfAnOlderRelease_GetsTheNewColumnAndIndex()
    {
        await using (var older = await StartAsync())
        {
            await older.Journal.AppendAsync(Noted("old", 1));
        }

        var indexes = await Store.CountIndexesAsync("notes");
        await using var newer = await StartAsync(null, TestTables.LaterNotes);
        await newer.Journal.AppendAsync(Appends.To("new", 0, "x") with
        {
            Rows = [TestTables.LaterNotes.Put("o", 2L, "t", 1L, null, "red")],
        });

        Assert.Equal((1, 2), (indexes, await Store.CountIndexesAsync("notes")));
        var rows = await newer.Journal.QueryAsync(TestTables.LaterNotes.Query(), Cancellation);
        Assert.Equal([null, "red"], rows.Select(row => row.TextOrNull(5)));
        Assert.Equal(1, await newer.Journal.CountAsync(
            TestTables.LaterNotes.Query().Where("tag", RowTest.Is, "red"), Cancellation));
    }

    [Fact]
    public async Task Start_IndexOfSomeRowsInPlaceOfOneOfAll_AnswersTheSame()
    {
        await using (var older = await StartAsync())
        {
            await older.Journal.AppendAsync(Noted("old", 1));
        }

        var narrow = TestTables.Notes with
        {
            Indexes =
            [
                new("owner", "title", "id") { Where = new RowCondition("title", "done") },
                new("amount", "id") { Where = new RowCondition("amount") },
            ],
            Dropped = TestTables.Notes.Indexes,
        };
        await using var newer = await StartAsync(null, narrow);
        await newer.Journal.AppendAsync(Appends.To("new", 0, "x") with
        {
            Rows = [narrow.Put("o", 2L, "done", 1L, null), narrow.Put("o", 3L, "late", null, null), narrow.Put("o", 4L, null, 2L, null)],
        });

        Assert.Equal(2, await Store.CountIndexesAsync("notes"));
        Assert.Equal([1L, 3L], await IdsAsync(narrow.Query().Where("title", RowTest.IsNot, "done")));
        Assert.Equal([3L], await IdsAsync(narrow.Query().Where("title", RowTest.Is, "late").Where("title", RowTest.IsNot, "done")));
        Assert.Equal([1L, 2L, 4L], await IdsAsync(narrow.Query().Where("amount", RowTest.AtMost, 5L)));
        await Assert.ThrowsAsync<ArgumentException>(() => IdsAsync(narrow.Query().Where("title", RowTest.IsNot, "it's done")));

        async Task<IEnumerable<long>> IdsAsync(RowQuery query) =>
            (await newer.Journal.QueryAsync(query, Cancellation)).Select(static row => row.Integer(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Pages_OfAnyLength_HaveEachRowOnceInOrder(int limit)
    {
        await using var under = await StartAsync();
        await under.Journal.AppendAsync(Appends.To("a", 0, "x") with
        {
            Rows = [.. Enumerable.Range(1, 7).Select(static i => TestTables.Notes.Put("o", (long)i, "t", (long)(i % 2), null))],
        });

        Assert.Equal([1L, 2L, 3L, 4L, 5L, 6L, 7L], await IdsAsync(TestTables.Notes.Query()));
        Assert.Equal(
            [7L, 5L, 3L, 1L, 6L, 4L, 2L], await IdsAsync(TestTables.Notes.Query() with { OrderBy = ["amount", "id"], Descending = true }));

        async Task<List<long>> IdsAsync(RowQuery query)
        {
            var ids = new List<long>();
            await foreach (var page in under.Journal.PagesAsync(query with { Limit = limit }, Cancellation))
            {
                Assert.InRange(page.Count, 1, limit);
                ids.AddRange(page.Select(static row => row.Integer(1)));
            }

            return ids;
        }
    }

    [Fact]
    public async Task Start_OlderReleaseOnANewerTable_StillReadsAndWrites()
    {
        await using (var newer = await StartAsync(null, TestTables.LaterNotes))
        {
            await newer.Journal.AppendAsync(Appends.To("new", 0, "x") with
            {
                Rows = [TestTables.LaterNotes.Put("o", 1L, "t", 1L, null, "red")],
            });
        }

        await using (var older = await StartAsync())
        {
            await older.Journal.AppendAsync(Appends.To("old", 0, "x") with
            {
                Rows = [TestTables.Notes.Put("o", 1L, "changed", 2L, null), TestTables.Notes.Put("o", 2L, "t", 1L, null)],
            });
            Assert.Equal(3, await older.Journal.SumAsync(TestTables.Notes.Query(), "amount", Cancellation));
        }

        await using var again = await StartAsync(null, TestTables.LaterNotes);
        var rows = await again.Journal.QueryAsync(TestTables.LaterNotes.Query(), Cancellation);
        Assert.Equal([("changed", "red"), ("t", null)], rows.Select(row => (row.Text(2), row.TextOrNull(5))));
    }

    [Fact]
    public async Task Start_StoreOfANewerRelease_IsRefusedAndLeftAsItIs()
    {
        await (await StartAsync()).DisposeAsync();
        await Store.RunAsync(
            "INSERT INTO journal_schema_version SELECT 999, max(applied_at) FROM journal_schema_version");

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(null, TestTables.LaterNotes));

        Assert.Contains("schema version 999", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Run a newer program", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, await Store.CountIndexesAsync("notes"));
    }

    [Fact]
    public async Task Start_ColumnOrKeyChanged_IsRefusedWithAWayOut()
    {
        await (await StartAsync()).DisposeAsync();
        var (notes, columns) = (TestTables.Notes, TestTables.Notes.Columns);

        var retyped = await Assert.ThrowsAsync<InvalidOperationException>(
            () => StartAsync(null, notes with { Columns = columns.SetItem(2, new("title", ColumnType.Integer)) }));
        var rekeyed = await Assert.ThrowsAsync<InvalidOperationException>(
            () => StartAsync(null, notes with { Columns = columns.SetItem(1, new("number", ColumnType.Integer)), Indexes = [] }));

        Assert.Contains("notes.title exists with another type", retyped.Message, StringComparison.Ordinal);
        Assert.Contains("A key cannot change: rename the table", rekeyed.Message, StringComparison.Ordinal);
    }
}
