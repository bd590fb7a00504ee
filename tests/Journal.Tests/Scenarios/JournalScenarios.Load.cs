using Orkestron.Journal.Tests.Stores;

namespace Orkestron.Journal.Tests.Scenarios;

public abstract partial class JournalScenarios
{
    [Fact]
    public async Task Append_TenThousandAtOnce_AreAllDurable()
    {
        await using (var under = await StartAsync())
        {
            var sent = Enumerable.Range(0, 10_000).Select(i => under.Journal.AppendAsync(
                Appends.To($"s{i}", 0, "x") with { Rows = [TestTables.Notes.Put("o", (long)i, "t", 1L, null)] }));
            Assert.All(await Task.WhenAll(sent), result => Assert.Equal(AppendStatus.Appended, result.Status));
        }

        await using var reopened = await StartAsync();
        Assert.Equal(10_000, await reopened.Journal.CountAsync(TestTables.Notes.Query(), Cancellation));
        Assert.Equal(10_000, await reopened.Journal.SumAsync(TestTables.Notes.Query(), "amount", Cancellation));
        var streams = 0;
        await foreach (var each in reopened.Journal.ScanAsync("s", Cancellation))
        {
            streams++;
        }

        Assert.Equal(10_000, streams);
    }

    [Fact]
    public async Task Append_ThatConflicts_LeavesItsNeighboursAlone()
    {
        await using var under = await StartAsync();
        await under.Journal.AppendAsync(Appends.To("taken", 0, "winner"));

        var sent = Enumerable.Range(0, 300).Select(i => under.Journal.AppendAsync(
            Appends.To(i % 3 == 1 ? "taken" : $"s{i}", 0, "x") with
            {
                Rows = [TestTables.Notes.Put("o", (long)i, "t", 1L, null)],
            })).ToArray();
        var results = await Task.WhenAll(sent);

        for (var i = 0; i < results.Length; i++)
        {
            Assert.Equal(i % 3 == 1 ? AppendStatus.Conflict : AppendStatus.Appended, results[i].Status);
        }

        Assert.Equal(200, await under.Journal.CountAsync(TestTables.Notes.Query(), Cancellation));
        Assert.Equal(["winner"], (await under.Journal.LoadAsync("taken", Cancellation)).Events.Texts());
    }

    [Fact]
    public async Task Append_BeyondTheQueue_IsRefusedAndTheRestIsKept()
    {
        await using var under = await StartAsync(options => options.MaxQueuedRows = 10);

        var sent = Enumerable.Range(0, 200).Select(i => under.Journal.AppendAsync(Appends.To($"s{i}", 0, "x"))).ToArray();
        var done = 0;
        foreach (var each in sent)
        {
            try
            {
                Assert.Equal(AppendStatus.Appended, (await each).Status);
                done++;
            }
            catch (JournalUnavailableException full)
            {
                Assert.True(full.RetryAfter > TimeSpan.Zero);
            }
        }

        Assert.InRange(done, 1, 199);
        Assert.Equal(AppendStatus.Appended, (await under.Journal.AppendAsync(Appends.To("later", 0, "x"))).Status);
    }

    [Fact]
    public async Task Append_HugePayload_IsReadBackAndTooHugeIsRefused()
    {
        await using var under = await StartAsync(options => options.MaxAppendBytes = 9 << 20);
        var huge = new byte[8 << 20];
        System.Security.Cryptography.RandomNumberGenerator.Fill(huge);

        await under.Journal.AppendAsync(Appends.To("a", 0) with { Events = [new("big", Appends.At, huge, default)] });
        await Assert.ThrowsAsync<ArgumentException>(() => under.Journal.AppendAsync(
            Appends.To("b", 0) with { Events = [new("big", Appends.At, new byte[10 << 20], default)] }));

        Assert.Equal(huge, (await under.Journal.LoadAsync("a", Cancellation)).Events[0].Body.ToArray());
        Assert.Equal(0, (await under.Journal.LoadAsync("b", Cancellation)).Version);
    }

    [Fact]
    public async Task Snapshot_Always_LoadsWithTheTailOnly()
    {
        await using var under = await StartAsync();
        await under.Journal.AppendAsync(
            Appends.To("a", 0, "1", "2") with { Snapshot = new(new byte[] { 7 }, new byte[] { 8 }) });
        await under.Journal.AppendAsync(Appends.To("a", 2, "3"));

        var tail = await under.Journal.LoadAsync("a", Cancellation);

        Assert.Equal((2L, 3L), (tail.Snapshot!.Version, tail.Version));
        Assert.Equal(new byte[] { 7 }, tail.Snapshot.Body.ToArray());
        Assert.Equal(["3"], tail.Events.Texts());
        Assert.Equal(["1", "2", "3"], (await under.Journal.ReadAsync("a", 0, 10, Cancellation)).Texts());
        Assert.Equal(["3", "2"], (await under.Journal.ReadBackAsync("a", 4, 2, Cancellation)).Texts());
    }

    [Fact]
    public async Task State_WrittenByTwo_IsFenced()
    {
        await using var under = await StartAsync();

        Assert.Equal(new AppendResult(AppendStatus.Appended, 1), await under.States.WriteAsync("k", 0, [1]));
        Assert.Equal(new AppendResult(AppendStatus.Conflict, 1), await under.States.WriteAsync("k", 0, [2]));
        Assert.Equal(new AppendResult(AppendStatus.Appended, 2), await under.States.WriteAsync("k", 1, [3]));
        Assert.Equal(new byte[] { 3 }, (await under.States.ReadAsync("k", Cancellation))!.Bytes);
        Assert.Equal(AppendStatus.Appended, (await under.States.DeleteAsync("k", 2)).Status);
        Assert.Null(await under.States.ReadAsync("k", Cancellation));
    }
}
