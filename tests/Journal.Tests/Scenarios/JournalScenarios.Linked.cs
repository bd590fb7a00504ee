using Orkestron.Journal.Tests.Stores;

namespace Orkestron.Journal.Tests.Scenarios;

public abstract partial class JournalScenarios
{
    public static TheoryData<AppendLink, bool, bool, bool, bool> Conflicts => new()
    {
        // How they are linked; whether the first and the second stream were written by somebody else; which of the two is written.
        { AppendLink.Both, false, false, true, true },
        { AppendLink.Both, true, false, false, false },
        { AppendLink.Both, false, true, false, false },
        { AppendLink.Both, true, true, false, false },
        { AppendLink.FirstAlone, false, false, true, true },
        { AppendLink.FirstAlone, true, false, false, false },
        { AppendLink.FirstAlone, false, true, true, false },
        { AppendLink.FirstAlone, true, true, false, false },
    };

    [Theory]
    [MemberData(nameof(Conflicts))]
    public async Task Linked_AreWrittenAsTheirLinkSays(
        AppendLink link, bool firstTaken, bool secondTaken, bool firstWritten, bool secondWritten)
    {
        await using var under = await StartAsync();
        await TakeAsync(under, "wallet", firstTaken);
        await TakeAsync(under, "task", secondTaken);

        var (first, second) = under.Journal.AppendLinked(Noted("wallet", 1), Noted("task", 2), link);
        var neighbour = await under.Journal.AppendAsync(Noted("other", 3));

        Assert.Equal(firstWritten, (await first).Status == AppendStatus.Appended);
        Assert.Equal(secondWritten, (await second).Status == AppendStatus.Appended);
        Assert.Equal(AppendStatus.Appended, neighbour.Status);
        await AssertNotedAsync(under, "wallet", 1, firstWritten);
        await AssertNotedAsync(under, "task", 2, secondWritten);
        await AssertNotedAsync(under, "other", 3, written: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Linked_CrashBesideTheCommit_LeavesBothOrNeitherAndTheSameAgainIsWrittenOnce(bool committed)
    {
        await using var under = await StartAsync();
        var crash = new IOException("The process ends here.");
        under.Writer.BeforeBatch = committed ? null : _ => Task.FromException(crash);
        under.Writer.AfterCommit = committed ? () => Task.FromException(crash) : null;
        var (wallet, task) = (Noted("wallet", 1), Noted("task", 2));

        var (first, second) = under.Journal.AppendLinked(wallet, task, AppendLink.Both);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => first);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => second);
        (under.Writer.BeforeBatch, under.Writer.AfterCommit) = (null, null);
        await under.Back;

        await AssertNotedAsync(under, "wallet", 1, committed);
        await AssertNotedAsync(under, "task", 2, committed);
        var again = under.Journal.AppendLinked(wallet, task, AppendLink.Both);
        Assert.Equal(new AppendResult(AppendStatus.Appended, 1), await again.First);
        Assert.Equal(new AppendResult(AppendStatus.Appended, 1), await again.Second);
        Assert.Equal(["x"], (await under.Journal.LoadAsync("wallet", Cancellation)).Events.Texts());
        Assert.Equal(["x"], (await under.Journal.LoadAsync("task", Cancellation)).Events.Texts());
    }

    [Theory]
    [InlineData(AppendLink.FirstAlone)]
    [InlineData(AppendLink.Both)]
    public async Task Linked_ManyOfOneStreamInFlight_OneRefused_NoneIsHalfWritten(AppendLink link)
    {
        const int Pairs = 128;
        const int Refused = 41;
        await using var under = await StartAsync();
        await TakeAsync(under, $"task{Refused}", taken: true);

        var sent = Enumerable.Range(0, Pairs)
            .Select(i => under.Journal.AppendLinked(Appends.To("wallet", i, $"{i}"), Appends.To($"task{i}", 0, "x"), link)).ToArray();
        var firsts = await Task.WhenAll(sent.Select(static each => each.First));
        var seconds = await Task.WhenAll(sent.Select(static each => each.Second));

        var wallet = (await under.Journal.LoadAsync("wallet", Cancellation)).Events.Texts();
        // Of both or neither, those after the refused one stand on what was never written: they are refused too.
        Assert.Equal(link == AppendLink.Both ? Refused : Pairs, wallet.Length);
        for (var i = 0; i < Pairs; i++)
        {
            var (first, second) = (firsts[i].Status == AppendStatus.Appended, seconds[i].Status == AppendStatus.Appended);
            Assert.Equal(first, wallet.Contains($"{i}"));
            Assert.Equal(i != Refused && first, second);
            var task = (await under.Journal.LoadAsync($"task{i}", Cancellation)).Events.Texts();
            Assert.Equal(i == Refused ? ["taken"] : second ? ["x"] : [], task);
        }
    }

    [Fact]
    public async Task Linked_ToOneStreamOrWithoutEvents_AreRefusedBeforeAnythingIsWritten()
    {
        await using var under = await StartAsync();

        var same = under.Journal.AppendLinked(Noted("a", 1), Noted("a", 2), AppendLink.Both);
        var empty = under.Journal.AppendLinked(Noted("a", 1), Noted("b", 2) with { Events = [] }, AppendLink.Both);

        foreach (var each in new[] { same.First, same.Second, empty.First, empty.Second })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => each);
        }

        Assert.Equal(0, (await under.Journal.LoadAsync("a", Cancellation)).Version);
    }

    private static async Task TakeAsync(JournalUnderTest under, string stream, bool taken)
    {
        if (taken)
        {
            await under.Journal.AppendAsync(Appends.To(stream, 0, "taken"));
        }
    }

    private static async Task AssertNotedAsync(JournalUnderTest under, string stream, long row, bool written)
    {
        Assert.Equal(written, (await under.Journal.LoadAsync(stream, Cancellation)).Events.Texts().Contains("x"));
        var rows = await under.Journal.CountAsync(TestTables.Notes.Query().Where("id", RowTest.Is, row), Cancellation);
        Assert.Equal(written ? 1 : 0, rows);
    }
}
