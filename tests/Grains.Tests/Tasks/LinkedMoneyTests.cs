using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Grains.Common;
using Orkestron.Grains.Tests.Agents;
using Orkestron.Grains.Tests.Common;
using Orkestron.Grains.Tests.Wallets;
using Orkestron.Journal;

namespace Orkestron.Grains.Tests.Tasks;

/// <summary>A task's money, which is written with the task's own record: its hold with the submission, its settlement with the
/// end.</summary>
[Collection("silo")]
public sealed class LinkedMoneyTests(TestSilo silo)
{
    private const long Issued = 1_000_000;

    // The agent's price, and what it may spend on calls.
    private const long Held = 1_001;

    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submission_IsOneWriteWithItsHold_AndItsEndAnotherWithTheSettlement()
    {
        var stage = new TaskStage(silo);
        await PrepareAsync(stage, "aa/two-writes");

        silo.Journal.Hold();
        try
        {
            var submitting = SubmitAsync(stage, "aa/two-writes");
            await NextWriteAsync(silo.Journal.Commit);
            Assert.True((await submitting).Accepted);
            Assert.Equal(new WalletView(Issued - Held, Held, 0), await stage.Wallet.Wallet.GetAsync());

            var ending = stage.Steps.EndStepAsync(TaskStage.Answer(1));
            await NextWriteAsync(silo.Journal.Commit);
            Assert.True(await ending);
            Assert.Equal((TaskState.Completed, 1), (await stage.ViewAsync()) is var view ? (view.State, view.ChargedMicro) : default);
            Assert.Equal(new WalletView(Issued - 1, 0, 0), await stage.Wallet.Wallet.GetAsync());
        }
        finally
        {
            silo.Journal.Release();
        }

        var events = await silo.Journal.ReadAsync($"task/{stage.Id:N}", 0, 100, Cancellation);
        Assert.Equal(
            ["task.submitted", "step.requested", "step.completed", "task.completed", "task.settled"],
            events.Select(static each => each.Type));
        Assert.Equal(2, events.Select(static each => each.AppendId).Distinct().Count());
    }

    [Fact]
    public async Task Submission_LostWithTheStore_LeavesNoHold()
    {
        var stage = new TaskStage(silo);
        await PrepareAsync(stage, "aa/lost-submission");
        silo.Journal.Hold();
        try
        {
            var submitting = SubmitAsync(stage, "aa/lost-submission");
            await NextWriteAsync(silo.Journal.Fail);
            await Assert.ThrowsAnyAsync<Exception>(() => submitting);
        }
        finally
        {
            silo.Journal.Release();
        }

        Assert.Equal(new WalletView(Issued, 0, 0), await WalletStage.InsistAsync(() => stage.Wallet.Wallet.GetAsync()));
        Assert.True((await WalletStage.InsistAsync(() => SubmitAsync(stage, "aa/lost-submission"))).Accepted);
        Assert.Equal(new WalletView(Issued - Held, Held, 0), await stage.Wallet.Wallet.GetAsync());
    }

    [Fact]
    public async Task End_LostWithTheStore_PaysNothing_AndOnceWhenItIsToldAgain()
    {
        var stage = new TaskStage(silo);
        await PrepareAsync(stage, "aa/lost-end");
        Assert.True((await SubmitAsync(stage, "aa/lost-end")).Accepted);
        silo.Journal.Hold();
        try
        {
            var ending = stage.Steps.EndStepAsync(TaskStage.Answer(1));
            await NextWriteAsync(silo.Journal.Fail);
            await Assert.ThrowsAnyAsync<Exception>(() => ending);
        }
        finally
        {
            silo.Journal.Release();
        }

        Assert.Equal(new WalletView(Issued - Held, Held, 0), await WalletStage.InsistAsync(() => stage.Wallet.Wallet.GetAsync()));
        Assert.True(await WalletStage.InsistAsync(() => stage.Steps.EndStepAsync(TaskStage.Answer(1))));
        await SettledAsync(stage);
        Assert.Equal(new WalletView(Issued - 1, 0, 0), await stage.Wallet.Wallet.GetAsync());
    }

    [Fact]
    public async Task Submission_OfAnIdThatIsTaken_GivesItsHoldBack()
    {
        var stage = new TaskStage(silo);
        await PrepareAsync(stage, "aa/taken-id");
        // Another activation, of a silo that was cut off, wrote it first.
        await silo.Journal.AppendAsync(Written(stage.Id, 0, new TaskSubmitted(
            stage.Wallet.UserId, "aa/taken-id", "1.0.0", 1, Guid.NewGuid(), TestSilo.Start.AddYears(1), "another body", null, 0)));

        await Assert.ThrowsAsync<StreamBrokenException>(() => FreshAsync(stage, "aa/taken-id"));

        Assert.Equal(RefusalCode.Conflict, (await WalletStage.InsistAsync(() => SubmitAsync(stage, "aa/taken-id"))).Refusal?.Code);
        await Background.UntilAsync(async () => await stage.Wallet.Wallet.GetAsync() == new WalletView(Issued, 0, 0));
    }

    [Fact]
    public async Task Hold_SettledByTheWalletItself_DoesNotKeepTheTaskFromEnding()
    {
        var stage = new TaskStage(silo);
        await PrepareAsync(stage, "aa/settled-before");
        Assert.True((await SubmitAsync(stage, "aa/settled-before")).Accepted);
        var hold = (await stage.Wallet.Wallet.TaskEntriesAsync(stage.Id)).Items[0].Id;
        Assert.True((await stage.Wallet.Wallet.SettleAsync(WalletStage.Settle(hold))).Accepted);

        Assert.True(await WalletStage.InsistAsync(() => stage.Steps.EndStepAsync(TaskStage.Answer(1))));

        Assert.Equal((TaskState.Completed, 0), (await stage.ViewAsync()) is var view ? (view.State, view.ChargedMicro) : default);
        Assert.Equal(new WalletView(Issued, 0, 0), await stage.Wallet.Wallet.GetAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(127)]
    public async Task ManyEndsOfOnePayerAtOnce_OneMeetsAConflict_AllArePaidOnce(int refused)
    {
        const int Tasks = 128;
        var agent = $"aa/many-{refused}";
        var stages = new List<TaskStage>();
        var first = new TaskStage(silo);
        await PrepareAsync(first, agent);
        for (var i = 0; i < Tasks; i++)
        {
            var stage = new TaskStage(silo, first.Wallet);
            Assert.True((await SubmitAsync(stage, agent)).Accepted);
            stages.Add(stage);
        }

        silo.Journal.Hold();
        Task<bool>[] ends;
        try
        {
            // Another activation of this task, of a silo that was cut off, wrote first.
            _ = silo.Journal.AppendAsync(Written(stages[refused].Id, 2, new TaskUnshared()));
            ends = [.. stages.Select(stage => stage.Steps.EndStepAsync(TaskStage.Answer(1)))];
            await Background.UntilAsync(() => Task.FromResult(silo.Journal.Waiting == Tasks + 1));
        }
        finally
        {
            silo.Journal.Release();
        }

        await Task.WhenAll(ends).ContinueWith(static _ => { }, TaskScheduler.Default);
        foreach (var stage in stages)
        {
            Assert.True(await WalletStage.InsistAsync(() => stage.Steps.EndStepAsync(TaskStage.Answer(1))));
            await SettledAsync(stage);
        }

        Assert.Equal(new WalletView(Issued - Tasks, 0, 0), await first.Wallet.Wallet.GetAsync());
        var audit = await silo.Grains.GetGrain<ILedgerGrain>(0).AuditAsync();
        Assert.DoesNotContain(audit.Problems, problem => problem.Contains(first.Wallet.Stream, StringComparison.Ordinal));
    }

    private static async Task PrepareAsync(TaskStage stage, string agent)
    {
        await stage.PublishAsync(agent);
        await stage.Wallet.IssueAsync(Issued);
    }

    private static Task<Outcome<TaskView>> SubmitAsync(TaskStage stage, string agent) =>
        stage.Task.SubmitAsync(new SubmitTask(stage.Wallet.UserId, agent, Payload.EmptyObject, null, null));

    private static Task<Outcome<TaskView>> FreshAsync(TaskStage stage, string agent)
    {
        RequestContext.Set("orkestron.fresh-task", stage.Id);
        try
        {
            return SubmitAsync(stage, agent);
        }
        finally
        {
            RequestContext.Clear();
        }
    }

    private static Append Written(Guid taskId, long expectedVersion, TaskEvent fact) => new()
    {
        Stream = $"task/{taskId:N}",
        ExpectedVersion = expectedVersion,
        AppendId = Guid.NewGuid(),
        Events = [new(TaskEventNames.Of(fact), TestSilo.Start, EventCodec.Write(fact, TaskJson.Default.TaskEvent), default)],
    };

    private static Task SettledAsync(TaskStage stage) =>
        Background.UntilAsync(async () => (await stage.ViewAsync()).ChargedMicro > 0);

    private async Task NextWriteAsync(Action then)
    {
        await silo.Journal.WaitingAsync(Cancellation);
        silo.Journal.Hold();
        then();
    }
}
