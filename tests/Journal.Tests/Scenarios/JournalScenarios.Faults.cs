using Orkestron.Journal.Tests.Stores;

namespace Orkestron.Journal.Tests.Scenarios;

public abstract partial class JournalScenarios
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Append_CrashBetweenCommitAndAnswer_IsDurableAndAnsweredOnceWhenSentAgain(bool restarts)
    {
        var appends = Enumerable.Range(0, 5).Select(i => Noted($"s{i}", i)).ToArray();
        var under = await StartAsync();
        try
        {
            var (committed, crash) = (Gate(), Gate());
            under.Writer.AfterCommit = async () =>
            {
                committed.TrySetResult();
                await crash.Task;
                throw new IOException("The process ends here.");
            };
            var sent = appends.Select(under.Journal.AppendAsync).ToArray();
            var state = under.States.WriteAsync("k", 0, [1]);
            await committed.Task.WaitAsync(Cancellation);

            // What was committed is durable; nobody was told.
            Assert.Equal(["x"], (await under.Journal.LoadAsync("s0", Cancellation)).Events.Texts());
            Assert.All(sent, each => Assert.False(each.IsCompleted));
            crash.SetResult();
            foreach (var each in sent.Append(state))
            {
                await Assert.ThrowsAsync<JournalUnavailableException>(() => each);
            }

            under.Writer.AfterCommit = null;
            if (restarts)
            {
                await under.DisposeAsync();
                under = await StartAsync();
            }
            else
            {
                await under.Back;
            }

            var again = await Task.WhenAll(appends.Select(under.Journal.AppendAsync));

            Assert.All(again, answer => Assert.Equal(new AppendResult(AppendStatus.Appended, 1), answer));
            Assert.Equal(new AppendResult(AppendStatus.Appended, 1), await under.States.WriteAsync("k", 0, [1]));
            await AssertNotedOnceAsync(under, appends);
        }
        finally
        {
            await under.DisposeAsync();
        }
    }

    [Fact]
    public async Task Append_StoreGone_IsRefusedAtOnceAndTakenWhenItIsBack()
    {
        await using var under = await StartAsync(options => options.CommandTimeoutSeconds = 1);
        var (before, during, refused) = (Noted("before", 1), Noted("during", 2), Noted("refused", 3));
        await under.Journal.AppendAsync(before);

        await Store.BreakAsync();
        var noticed = await Assert.ThrowsAsync<JournalUnavailableException>(() => under.Journal.AppendAsync(during));
        var atOnce = under.Journal.AppendAsync(refused);
        Assert.True(atOnce.IsFaulted, "A write is answered before it waits for a store that is known to be gone.");
        var told = await Assert.ThrowsAsync<JournalUnavailableException>(() => atOnce);
        Assert.All([noticed, told], fault => Assert.InRange(fault.RetryAfter, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5)));
        if (Store.BreaksReads)
        {
            await Assert.ThrowsAsync<JournalUnavailableException>(
                async () => await under.Journal.LoadAsync("before", Cancellation));
        }

        await Store.MendAsync();
        await under.Back;

        Assert.Equal(0, (await under.Journal.LoadAsync("refused", Cancellation)).Version);
        Assert.Equal(new AppendResult(AppendStatus.Appended, 1), await under.Journal.AppendAsync(during));
        await AssertNotedOnceAsync(under, before, during);
    }

    [Fact]
    public async Task Append_StoreLostUnderLoad_IsWrittenOnceWhenSentAgain()
    {
        await using var under = await StartAsync(options =>
            (options.CommandTimeoutSeconds, options.MaxBatchRows) = (1, 20));
        var appends = Enumerable.Range(0, 400).Select(i => Noted($"s{i}", i)).ToArray();
        var half = Gate();
        var batches = 0;
        under.Writer.BeforeBatch = async _ =>
        {
            if (++batches == 10)
            {
                await Store.BreakAsync();
                half.SetResult();
            }
        };

        var sent = appends.Select(under.Journal.AppendAsync).ToArray();
        await half.Task.WaitAsync(Cancellation);
        var failed = new List<Append>();
        for (var i = 0; i < sent.Length; i++)
        {
            try
            {
                Assert.Equal(AppendStatus.Appended, (await sent[i]).Status);
            }
            catch (JournalUnavailableException)
            {
                failed.Add(appends[i]);
            }
        }

        Assert.InRange(failed.Count, 1, appends.Length - 1);
        await Store.MendAsync();
        await under.Back;
        var again = await Task.WhenAll(failed.Select(under.Journal.AppendAsync));

        Assert.All(again, answer => Assert.Equal(new AppendResult(AppendStatus.Appended, 1), answer));
        await AssertNotedOnceAsync(under, appends);
    }

    private static Append Noted(string stream, long id) => Appends.To(stream, 0, "x") with
    {
        Rows = [TestTables.Notes.Put("o", id, "t", 1L, null)],
    };

    private static TaskCompletionSource Gate() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task AssertNotedOnceAsync(JournalUnderTest under, params Append[] appends)
    {
        foreach (var append in appends)
        {
            var stored = Assert.Single((await under.Journal.LoadAsync(append.Stream, Cancellation)).Events);
            Assert.Equal(append.AppendId, stored.AppendId);
        }

        Assert.Equal(appends.Length, await under.Journal.CountAsync(TestTables.Notes.Query(), Cancellation));
        Assert.Equal(appends.Length, await under.Journal.SumAsync(TestTables.Notes.Query(), "amount", Cancellation));
    }
}
