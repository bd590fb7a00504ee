using System.Text;
using Microsoft.Extensions.Time.Testing;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Wallets;
using Orkestron.Grains.Common;
using Orkestron.Grains.Tests.Tasks;
using Orkestron.Journal;

namespace Orkestron.Grains.Tests.Common;

/// <summary>What another version wrote: an earlier one's is read, a newer one's is left alone and named.</summary>
public sealed class NewerRecordTests
{
    private readonly MemoryJournal _journal = new();
    private readonly Guid _id = Guid.NewGuid();

    public static TheoryData<string, string> Newer => new()
    {
        { "step.teleported", "\u0001{\"type\":\"step.teleported\",\"stepId\":1}" },
        { "step.canceled", "\u0001{\"type\":\"step.canceled\",\"stepId\":1,\"refundMicro\":5}" },
        { "step.canceled", "\u0007anything" },
        { "step.canceled", "" },
    };

    [Theory]
    [MemberData(nameof(Newer))]
    public async Task Event_ThatThisVersionDoesNotKnow_IsNamedAndTheStreamLeftAlone(string type, string body)
    {
        var stream = Tasks();
        await stream.AppendAsync(TaskStories.Submission());
        await AppendAsync($"task/{_id:N}", 2, type, body, null);

        var fault = await Assert.ThrowsAsync<UnreadableStreamException>(() => Tasks().LoadAsync());

        Assert.Contains($"event 3 of task/{_id:N}: {type}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("newer version", fault.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await _journal.ReadAsync($"task/{_id:N}", 0, 100, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task Snapshot_OfAnEarlierFold_IsNotUsed_AndOneOfALaterFoldIsRefused()
    {
        var name = $"wallet/{_id:N}";
        var wallet = Wallet(2);
        for (var i = 0; i < 600; i++)
        {
            await wallet.AppendAsync([new TokensIssued(Guid.NewGuid(), 1, "test")]);
        }

        // As an earlier fold had it, which counted otherwise.
        var earlier = EventCodec.Write(WalletRecord.Empty with { AvailableMicro = 7 }, WalletJson.Default.WalletRecord);
        await AppendAsync(name, 600, TokensIssued.Name, Text(new TokensIssued(Guid.NewGuid(), 1, "test")), earlier);

        Assert.Equal((601, 601L), await LoadedAsync(2));
        Assert.Equal((7, 601L), await LoadedAsync(1));

        var later = EventCodec.Write(WalletRecord.Empty with { AvailableMicro = 601 }, WalletJson.Default.WalletRecord, fold: 3);
        await AppendAsync(name, 601, TokensIssued.Name, Text(new TokensIssued(Guid.NewGuid(), 1, "test")), later);

        Assert.Equal((601, 602L), await LoadedAsync(3));
        var fault = await Assert.ThrowsAsync<UnreadableStreamException>(() => LoadedAsync(2));
        Assert.Contains("fold 3", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Bodies as released versions wrote them. Lines are added, never changed.</summary>
    [Fact]
    public void Events_AsReleasedVersionsWroteThem_AreRead()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Tasks", "StoredEvents.jsonl"));

        var names = lines.Select(static line => TaskEventNames.Of(
            EventCodec.Read([1, .. Encoding.UTF8.GetBytes(line)], TaskJson.Default.TaskEvent)));

        Assert.All(names.Zip(lines), static pair => Assert.Contains($"\"type\":\"{pair.First}\"", pair.Second, StringComparison.Ordinal));
        Assert.True(lines.Length >= 44, $"{lines.Length} lines");
    }

    private async Task<(long Available, long Version)> LoadedAsync(byte fold)
    {
        var wallet = Wallet(fold);
        await wallet.LoadAsync();
        return (wallet.State.AvailableMicro, wallet.Version);
    }

    private static string Text(WalletEvent fact) => Encoding.UTF8.GetString(EventCodec.Write(fact, WalletJson.Default.WalletEvent));

    private async Task AppendAsync(string stream, long expected, string type, string body, byte[]? snapshot)
    {
        var append = new Append
        {
            Stream = stream,
            ExpectedVersion = expected,
            AppendId = Guid.NewGuid(),
            Events = [new NewEvent(type, TaskStories.Start, Encoding.UTF8.GetBytes(body), default)],
            Snapshot = snapshot is null ? null : new NewSnapshot(snapshot, default),
        };
        Assert.Equal(AppendStatus.Appended, (await _journal.AppendAsync(append)).Status);
    }

    private EventStream<TaskRecord, TaskEvent> Tasks() => new(
        TaskFold.Kind, _id, _journal, new PlainSealer(), new FakeTimeProvider(TaskStories.Start), static () => { });

    private EventStream<WalletRecord, WalletEvent> Wallet(byte fold) => new(
        WalletFold.Kind with { FoldVersion = fold }, _id, _journal, new PlainSealer(), new FakeTimeProvider(TaskStories.Start),
        static () => { });
}
