using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Tests.Common;

namespace Orkestron.Grains.Tests.Tasks;

/// <summary>A task grain that is asked about what it does not know.</summary>
[Collection("silo")]
public sealed class TaskGrainTests(TestSilo silo)
{
    [Fact]
    public async Task EndStep_OfAStepLostInACrash_LetsTheAgentRunItAgain()
    {
        var task = silo.Grains.Get<ITaskStepsGrain>(Guid.NewGuid());

        var done = await task.EndStepAsync(new StepEnd
        {
            StepId = 2,
            Attempt = 1,
            StartedAt = TestSilo.Start,
            EndedAt = TestSilo.Start,
            Output = Payload.EmptyObject,
        });

        Assert.False(done);
    }

    [Fact]
    public async Task Calls_ManyAtOnce_DoNotPassTheLimitOfOpenCalls()
    {
        var stage = new TaskStage(silo);
        await stage.SubmitAsync("aa/fans-out");
        await stage.PublishAsync("aa/is-called");
        var refused = 0;

        var calls = Enumerable.Range(0, 200).Select(CallAsync).ToArray();
        await Background.UntilAsync(
            async () =>
                calls.Any(static call => call.IsFaulted) || (await stage.ViewAsync()).Steps.Length - 1 + Volatile.Read(ref refused) == 200);

        await Task.WhenAll(calls.Where(static call => call.IsFaulted));
        Assert.Equal(silo.Tasks.MaxFanOut, (await stage.ViewAsync()).Steps.Length - 1);
        Assert.True((await stage.Task.CancelAsync(new CancelTask(stage.Wallet.UserId))).Accepted);
        await Task.WhenAll(calls);

        async Task CallAsync(int i)
        {
            var result = await stage.Steps.CallAgentAsync(
                new StepCall(1, $"{i}", "aa/is-called", Payload.EmptyObject) { Attempt = 1, BudgetMicro = 1 });
            if (result.Failure is { } failure && failure.Code != "task_canceled")
            {
                Assert.Equal("too_many_calls", failure.Code);
                Interlocked.Increment(ref refused);
            }
        }
    }

    [Fact]
    public async Task End_OfARunThatWasToldWhatWasLostWithAnotherActivation_IsNotTaken()
    {
        var stage = new TaskStage(silo);
        await stage.SubmitAsync("aa/was-told");
        await stage.PublishAsync("aa/told-it");
        var call = stage.Steps.CallAgentAsync(new StepCall(1, "0", "aa/told-it", Payload.EmptyObject) { Attempt = 1, BudgetMicro = 1 });
        await Background.UntilAsync(async () => (await stage.ViewAsync()).Steps.Length == 2);
        var end = TaskStage.Answer(1) with { Early = [new EarlyAnswers("an activation that is gone", ["0"])] };

        Assert.False(await stage.Steps.EndStepAsync(end));
        Assert.False(await stage.Steps.EndStepAsync(end with { Early = [new EarlyAnswers("an activation that is gone", ["1"])] }));
        Assert.Equal(TaskState.Submitted, (await stage.ViewAsync()).State);

        Assert.True(await stage.Steps.EndStepAsync(TaskStage.Answer(2)));
        Assert.True(await stage.Steps.EndStepAsync(end));
        await Background.UntilAsync(async () => (await stage.ViewAsync()).ChargedMicro > 0);
        Assert.Equal((TaskState.Completed, 2), ((await stage.ViewAsync()).State, (await stage.ViewAsync()).ChargedMicro));
        Assert.Null((await call).Early);
    }

    [Theory]
    [InlineData(2_500)]
    [InlineData(0)]
    public async Task Fee_ChangedBetweenThePaymentAndItsRecord_LeavesTheTaskAsItWasPaid(int changed)
    {
        var stage = new TaskStage(silo);
        await stage.SubmitAsync($"aa/costs-{changed}");
        // One that was read from the log settles after its end.
        await stage.ReactivateAsync();
        var agreed = silo.Tasks.FeeBasisPoints;
        silo.Journal.Hold();
        try
        {
            var ending = stage.Steps.EndStepAsync(TaskStage.Answer(1));
            // The step's end, then the wallet's entry; then the record that it is settled, which is lost.
            await NextAppendAsync(() => silo.Journal.Commit());
            await NextAppendAsync(() => silo.Journal.Commit());
            await NextAppendAsync(() => silo.Journal.Fail());
            silo.Tasks.FeeBasisPoints = changed;
            silo.Journal.Release();
            await Background.UntilAsync(async () => (await stage.ViewAsync()).ChargedMicro > 0);
            await ending;
        }
        finally
        {
            silo.Journal.Release();
            silo.Tasks.FeeBasisPoints = agreed;
        }

        var settled = (await stage.Wallet.Wallet.TaskEntriesAsync(stage.Id)).Items[^1];
        Assert.Equal(
            (await stage.ViewAsync()).ChargedMicro,
            settled.Postings.Where(static posting => posting.Account.StartsWith("provider", StringComparison.Ordinal)
                || posting.Account == Accounts.Fees).Sum(static posting => posting.AmountMicro));
    }

    private async Task NextAppendAsync(Action then)
    {
        await silo.Journal.WaitingAsync(TestContext.Current.CancellationToken);
        silo.Journal.Hold();
        then();
    }

    [Fact]
    public async Task Watch_AfterACallWasCancelled_HasNoProgressOfIt()
    {
        var stage = new TaskStage(silo);
        await stage.SubmitAsync("aa/cancels-a-call");
        await stage.PublishAsync("aa/is-cancelled");
        var call = stage.Steps.CallAgentAsync(
            new StepCall(1, "0", "aa/is-cancelled", Payload.EmptyObject) { Attempt = 1, BudgetMicro = 1 });
        await Background.UntilAsync(async () => (await stage.ViewAsync()).Steps.Length == 2);
        await stage.Steps.ReportAsync(
            new StepReport { StepId = 2, Attempt = 1, StartedAt = silo.Clock.GetUtcNow(), Message = "Half done." });

        await stage.Steps.CancelScopeAsync(new CancelScope(1, "0", 1));

        await call;
        var after = (await stage.ViewAsync()).Sequence;
        Assert.True(await stage.Steps.EndStepAsync(TaskStage.Answer(1)));
        await foreach (var update in stage.Task.WatchAsync(stage.Wallet.UserId, after, TestContext.Current.CancellationToken))
        {
            Assert.NotEqual((2, "step.progress"), (update.StepId, update.Type));
        }
    }

    [Fact]
    public async Task Wait_ForATaskThatIsNotThere_IsRefusedAtOnce()
    {
        var outcome = await silo.Grains.Get<ITaskGrain>(Guid.NewGuid())
            .WaitAsync(Guid.NewGuid(), TimeSpan.FromMinutes(1));

        Assert.Equal(RefusalCode.NotFound, outcome.Refusal?.Code);
    }
}
