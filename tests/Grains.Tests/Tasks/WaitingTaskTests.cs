using Orkestron.Domain;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Operations;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Grains.Tasks;
using Orkestron.Grains.Tests.Common;
using Orkestron.Journal;

namespace Orkestron.Grains.Tests.Tasks;

/// <summary>A task that waits is not in memory, and is there again when it has to be.</summary>
[Collection("silo")]
public sealed class WaitingTaskTests : IAsyncLifetime
{
    private readonly TestSilo _silo;
    private readonly (TimeSpan Age, TimeSpan Redispatch) _before;

    public WaitingTaskTests(TestSilo silo)
    {
        _silo = silo;
        _before = (silo.Tasks.WaitingAge, silo.Tasks.RedispatchPeriod);
        (silo.Tasks.WaitingAge, silo.Tasks.RedispatchPeriod) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50));
    }

    private IResumeGrain Sweep => _silo.Grains.GetGrain<IResumeGrain>(0);

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        (_silo.Tasks.WaitingAge, _silo.Tasks.RedispatchPeriod) = _before;
        await TestSilo.DeactivateAsync(Sweep);
    }

    [Fact]
    public async Task Question_AnsweredAfterTheTaskHasLeftMemory_IsTakenAndGoesOn()
    {
        var stage = new TaskStage(_silo);
        await WaitAsync(stage, "aa/waits-for-an-answer", HistoryKind.Question, null);
        Assert.True(await DueAsync(stage) > _silo.Clock.GetUtcNow().AddHours(5));

        await Sweep.SweepAsync();
        Assert.False(await IsActiveAsync(stage));
        Assert.True((await stage.Task.AnswerAsync(new AnswerQuestion(stage.Wallet.UserId, null, Payload.EmptyObject))).Accepted);
        await GivenAsync(stage);

        // It works: found by a sweep if its silo dies.
        Assert.True(await DueAsync(stage) < _silo.Clock.GetUtcNow() + TaskRows.WorkingAge);
        await EndAsync(stage);
    }

    [Theory]
    [InlineData(3_600)]
    [InlineData(150)]
    [InlineData(86_400 * 9)]
    public async Task Timer_OfATaskThatHasLeftMemory_WakesItInTime(int seconds)
    {
        var stage = new TaskStage(_silo);
        var until = await WaitAsync(stage, "aa/waits-for-a-time", HistoryKind.Timer, TimeSpan.FromSeconds(seconds));
        Assert.True(await DueAsync(stage) <= until);

        Advance(until.AddSeconds(-80));
        if (seconds > 6 * 3_600)
        {
            // Looked at all the same now and then; it leaves again.
            await Sweep.SweepAsync();
            await GoneAsync(stage);
        }

        await Sweep.SweepAsync();
        Assert.False(await IsActiveAsync(stage));
        Assert.Equal(WaitKinds.Timer, (await stage.ViewAsync()).WaitingFor?.Kind);
        await GoneAsync(stage);

        Advance(until);
        await GivenAsync(stage);
        await EndAsync(stage);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 2)]
    public async Task Row_OfATaskThatDoesNotWait_IsWrittenWithItsSubmissionAndItsEnd(int calls, int writes)
    {
        _silo.Tasks.WaitingAge = TimeSpan.FromHours(1);
        var stage = new TaskStage(_silo);
        await stage.SubmitAsync("aa/does-not-wait");
        await stage.PublishAsync("aa/helps");
        for (var i = 0; i < calls; i++)
        {
            var call = stage.Steps.CallAgentAsync(
                new StepCall(1, $"{i}", "aa/helps", Payload.EmptyObject) { Attempt = 1, BudgetMicro = 1 });
            await Background.UntilAsync(async () => (await stage.ViewAsync()).Steps.Length == i + 2);
            Assert.True(await stage.Steps.EndStepAsync(TaskStage.Answer(i + 2)));
            await call;
        }

        Assert.True(await stage.Steps.EndStepAsync(TaskStage.Answer(1)));
        await UntilAsync(async () => (await stage.ViewAsync()).Settled);

        Assert.Equal(writes, _silo.Journal.Writes(TaskRows.Table, stage.Id.ToString("N")));
    }

    [Fact]
    public async Task Deadline_OfATaskThatHasLeftMemory_EndsIt()
    {
        var stage = new TaskStage(_silo);
        await WaitAsync(stage, "aa/waits-too-long", HistoryKind.Question, null);
        var deadline = (await stage.ViewAsync()).Deadline;
        await GoneAsync(stage);

        Advance(deadline.AddSeconds(1));
        await Sweep.SweepAsync();
        await UntilAsync(async () => await DueAsync(stage) is null);

        var view = await stage.ViewAsync();
        Assert.Equal((TaskState.Failed, StepFailures.DeadlineCode, true), (view.State, view.FailureCode, view.Settled));
    }

    [Fact]
    public async Task Row_OfAnEarlierBuild_IsDueOnceAndThenSaysWhen()
    {
        var stage = new TaskStage(_silo);
        await WaitAsync(stage, "aa/waited-before", HistoryKind.Timer, TimeSpan.FromHours(3));
        var row = TaskRows.Put(stage.Id, TaskStories.Submitted());
        row.Values[1] = stage.Wallet.UserId.ToString("N");
        row.Values[TaskRows.DueColumn] = 1L;
        _silo.Journal.Tamper(row);

        await Sweep.SweepAsync();
        Assert.True(await IsActiveAsync(stage));
        await GoneAsync(stage);

        Assert.True(await DueAsync(stage) > _silo.Clock.GetUtcNow().AddHours(2));
        await Sweep.SweepAsync();
        Assert.False(await IsActiveAsync(stage));
        await stage.Task.CancelAsync(new CancelTask(stage.Wallet.UserId));
    }

    [Fact]
    public async Task Provider_ThatComesWhenTaskAndAgentHaveLeftMemory_GetsTheStep()
    {
        var stage = new TaskStage(_silo);
        const string Agent = "aa/comes-back";
        await stage.SubmitAsync(Agent, deadline: _silo.Clock.GetUtcNow().AddDays(20));
        await GivenAsync(stage);
        await GoneAsync(stage);
        Assert.True(await DueAsync(stage) > _silo.Clock.GetUtcNow().AddHours(5));
        // Asked for, it knows what it waits for, and leaves again.
        await TestSilo.DeactivateAsync(_silo.Grains.Get<IAgentGrain>(Agent));
        Assert.Equal(WaitKinds.Provider, (await stage.ViewAsync()).WaitingFor?.Kind);
        await GoneAsync(stage);
        await TestSilo.DeactivateAsync(_silo.Grains.Get<IAgentGrain>(Agent));

        var link = new TestLink();
        var state = new ProviderLinkState("process-1", 1, _silo.Grains.CreateObjectReference<IProviderLink>(link), "1.0.0", 1, []);
        await UntilAsync(async () =>
        {
            // Its lease runs by the same clock.
            Assert.True(await _silo.Grains.GetGrain<IProviderAgentGrain>(Agent).LinkAsync(state));
            return link.Offered == stage.Id;
        });

        Assert.True(await stage.Steps.EndStepAsync(TaskStage.Answer(1)));
        Assert.Equal(TaskState.Completed, (await stage.ViewAsync()).State);
        Assert.Empty(await _silo.Journal.QueryAsync(ProviderWaitRows.Of(stage.Id), TestContext.Current.CancellationToken));
    }

    // The agent's run records what it waits for and ends; here the test is the agent.
    private async Task<DateTimeOffset> WaitAsync(TaskStage stage, string agent, HistoryKind kind, TimeSpan? delay)
    {
        await stage.SubmitAsync(agent);
        await GivenAsync(stage);
        await _silo.Grains.Get<IAgentGrain>(agent).CancelStepAsync(stage.Id, 1);
        var question = kind == HistoryKind.Question ? Payload.Of("""{"prompt":"Go on?","schema":{"type":"object"}}""") : null;
        var entry = await stage.Steps.RecordAsync(new HistoryRequest(1, "0", kind, delay, question) { Attempt = 1 });
        Assert.Null(entry.Failure);
        Assert.True(await stage.Steps.EndStepAsync(TaskStage.Answer(1) with { Output = null, Suspended = true }));
        await GoneAsync(stage);
        return entry.At ?? default;
    }

    private static async Task EndAsync(TaskStage stage)
    {
        Assert.True(await stage.Steps.EndStepAsync(TaskStage.Answer(1) with { Turn = 1 }));
        Assert.Equal(TaskState.Completed, (await stage.ViewAsync()).State);
    }

    // The step is with its agent, which says that its provider is away.
    private Task GivenAsync(TaskStage stage) =>
        UntilAsync(async () => (await stage.ViewAsync()).WaitingFor?.Kind == WaitKinds.Provider);

    private Task GoneAsync(TaskStage stage) => UntilAsync(async () => !await IsActiveAsync(stage));

    private async Task<bool> IsActiveAsync(TaskStage stage) =>
        await _silo.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(stage.Task) is not null;

    private async Task<DateTimeOffset?> DueAsync(TaskStage stage)
    {
        var rows = await _silo.Journal.QueryAsync(TaskRows.Table.Query().Where("task_id", RowTest.Is, stage.Id.ToString("N")));
        return TaskRows.DueOf(Assert.Single(rows));
    }

    private void Advance(DateTimeOffset to)
    {
        var wait = to - _silo.Clock.GetUtcNow();
        _silo.Clock.Advance(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }

    // Streams and tasks look by this clock; timers of grains run on the system's.
    private Task UntilAsync(Func<Task<bool>> reached) => Background.UntilAsync(() =>
    {
        _silo.Clock.Advance(TimeSpan.FromMilliseconds(10));
        return reached();
    });

    private sealed class TestLink : IProviderLink
    {
        public Guid Offered { get; private set; }

        public Task BeginAsync(WorkerAssignment order)
        {
            Offered = order.Step.TaskId;
            return Task.CompletedTask;
        }

        public Task StopAsync(StepKey step) => Task.CompletedTask;
    }
}
