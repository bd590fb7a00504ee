using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Wallets;
using Orleans.Streams;

namespace Orkestron.Grains.Tasks;

// What makes a task go on whatever is lost: dispatch, the timer, settlement.
internal sealed partial class TaskGrain
{
    private IGrainTimer? _timer;
    private Task? _settling;

    public async Task ResumeAsync()
    {
        if (!Record.Exists || Record.Closed)
        {
            return;
        }

        if (Record.Ended)
        {
            await SettleAsync();
            return;
        }

        await WakeAsync();
    }

    /// <summary>Fails what is overdue, begins retries that are due, and dispatches what is outstanding again.</summary>
    private async Task WakeAsync()
    {
        var now = _clock.GetUtcNow();
        var expired = TaskRules.Expire(Record, now, _options);
        if (expired.Count > 0)
        {
            await EndAsync(expired);
            return;
        }

        foreach (var step in Record.Steps)
        {
            if (step.Outstanding && step.DeadlineAt <= now)
            {
                await EndLateAsync(step, now);
                continue;
            }

            if (step.IsDue(now))
            {
                Dispatch(step, again: true);
            }
        }

        ArmTimer();
    }

    /// <summary>The time that a step's plan gave itself is over.</summary>
    private async Task EndLateAsync(StepRecord step, DateTimeOffset now)
    {
        var end = new StepEnd
        {
            StepId = step.Id,
            Attempt = step.Attempt,
            Turn = step.Turn,
            StartedAt = step.StartedAt ?? now,
            EndedAt = now,
            Failure = TaskRules.Failure(TaskRules.DeadlineCode, "The time limit of the plan has passed."),
        };
        var ending = TaskRules.EndStep(Record, end, now, _options);
        TaskEvent[] facts = ending is [StepUndoing, ..] ? [.. ending] :
        [
            .. UndoRules.Stop(
                Record,
                Record.Steps.Where(each => each.Id != step.Id && Record.IsUnder(each, step)),
                end.Failure.Code,
                end.Failure.Message),
            .. ending,
        ];
        GrainFactory.Get<IAgentGrain>(step.Request.Agent).CancelStepAsync(Id, step.Id).Ignore();
        await EndAsync(facts, step.Id);
    }

    private void Dispatch(StepRecord step, bool again = false)
    {
        if ((step.Id == 1 ? Record.Input : step.Request.Content) is not { } input)
        {
            return;
        }

        var work = new WorkItem(
            Id, step.Id, step.Attempt, step.Request.Agent, step.Request.AgentVersion, input, Record.WorkDeadline(_clock.GetUtcNow()))
        {
            Turn = step.Turn,
            RequestedAt = step.RequestedAt,
            Undoing = step.IsUndoing,
            Again = again,
            OwnerId = Record.Submission!.UserId,
            DueAt = step.WaitsSince,
            WatchedUntil = WatchedUntil,
            Fresh = !again && Record.Continues is null
                && step is { Attempt: 1, Turn: 0, History.IsEmpty: true, Request.UndoOf: null, IsUndoing: false },
        };
        var stream = this.GetStreamProvider(WorkStream.Provider)
            .GetStream<WorkItem>(StreamId.Create(WorkStream.Namespace, step.Request.Agent));

        // A lost message is made good by the timer, a repeated one is recognised by (task, step, attempt).
        stream.OnNextAsync(work).ContinueWith(
            sent => LogDispatchFailed(_logger, Id, step.Id, sent.Exception!),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Current).Ignore();
    }

    /// <summary>One timer for the next thing that is due: a retry, a dispatch again, the deadline, to leave memory.</summary>
    private void ArmTimer()
    {
        var now = _clock.GetUtcNow();
        var next = now + _options.RedispatchPeriod;
        foreach (var step in Record.Steps)
        {
            if (step.DueAt is { } at && at > now && at < next)
            {
                next = at;
            }

            if (step.Outstanding && step.DeadlineAt is { } own && own < next)
            {
                next = own;
            }
        }

        var deadline = Record.Deadline;
        next = StaysUntil(now) is { } stays && stays > now && stays < next ? stays : next;
        var due = (deadline < next ? deadline : next) - now;
        due = due < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : due;
        if (_timer is null)
        {
            _timer = this.RegisterGrainTimer(OnTimerAsync, new() { DueTime = due, Period = Timeout.InfiniteTimeSpan, Interleave = true, KeepAlive = true });
        }
        else
        {
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    private Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private async Task OnTimerAsync()
    {
        try
        {
            if (!await LeaveWaitingAsync())
            {
                await KeepFoundAsync();
                await ResumeAsync();
            }
        }
        catch (Exception fault)
        {
            LogResumeFailed(_logger, Id, fault);
            _timer?.Change(_options.RedispatchPeriod, Timeout.InfiniteTimeSpan);
        }
    }

    private void Close()
    {
        _timer?.Dispose();
        // Whoever waited has the answer in a moment; after that nothing of the task need be in memory.
        _timer = this.RegisterGrainTimer(LeaveAsync, new() { DueTime = _options.ClosedAge, Period = Timeout.InfiniteTimeSpan });
        _closed.TrySetResult();
        _pulse.Ring();
    }

    /// <summary>Resolves the hold, once: the wallet knows it by its id.</summary>
    private Task SettleAsync() => _settling is { IsCompleted: false } ? _settling : _settling = SettleOnceAsync();

    private async Task SettleOnceAsync()
    {
        if (Record.Closed)
        {
            return;
        }

        try
        {
            await _log.DurableAsync();
            var submission = Record.Submission!;
            var shares = TaskSettlement.Shares(Record, _options.FeeBasisPoints);
            var wallet = GrainFactory.Get<IWalletGrain>(submission.UserId);
            var outcome = await wallet.SettleAsync(new SettleHold(submission.HoldId, shares, Record.State.Word()));
            var entry = outcome.Refusal?.Code == RefusalCode.Conflict && submission.FeeBasisPoints is null
                // Settled before the fee was changed, by a build that did not record it: what was paid then stands.
                ? (await wallet.TaskEntriesAsync(Id)).Items.FirstOrDefault(each => TaskSettlement.Paid(each, submission.UserId, shares))
                : outcome.Value;
            if (entry is null)
            {
                LogSettlementRefused(_logger, Id, outcome.Refusal!.Code);
                return;
            }

            await ReleaseArtifactsAsync();
            if (Record.Closed)
            {
                return;
            }

            await _log.AppendAsync([TaskSettlement.Settled(Record, shares, entry.Id)], task => RowOf(task, listed: true));
            Close();
        }
        catch (Exception fault)
        {
            LogSettlementFailed(_logger, Id, fault);
            ArmTimer();
        }
    }
}
