using Orkestron.Domain.Agents;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Execution;
using Orkestron.Grains.Workers;

namespace Orkestron.Grains.Agents;

// The processes of a provider that serve this agent.
internal sealed partial class AgentGrain
{
    private const int LossTries = 5;
    private WorkerPool? _desk;
    private IGrainTimer? _sweep;

    public Task<bool> LinkAsync(ProviderLinkState link)
    {
        // The first version may have been published by another activation.
        OpenDesk(Record.Manifest);
        if (Record.Manifest is not { Transport: AgentTransports.Provider } || _desk is null
            || !_desk.Link(link, clock.GetUtcNow()))
        {
            return Task.FromResult(false);
        }

        // Kept in memory while a process is connected: its link lives here.
        var period = providerOptions.Value.SweepPeriod;
        _sweep ??= this.RegisterGrainTimer(
            SweepAsync, new() { DueTime = period, Period = period, Interleave = true, KeepAlive = true });
        Seen();
        Reattach();
        StartWaiting();
        NotePresence();
        return Task.FromResult(true);
    }

    public Task UnlinkAsync(string processId, long session, bool atOnce)
    {
        if (_desk is { } desk)
        {
            Seen();
            desk.Unlink(processId, session, atOnce, clock.GetUtcNow());
            NotePresence();
        }

        return Task.CompletedTask;
    }

    public async Task AnswerAsync(StepRunResult answer)
    {
        if (await GiveAsync(answer))
        {
            return;
        }

        // Handed over by an activation before this one, or given up and waiting again: the answer counts all the same.
        var step = answer.Step;
        if (await AgreedAsync(step.TaskId, step.StepId) is not { } agreed)
        {
            _desk?.Forget(step);
            return;
        }

        // Offered while the task was asked: left open, it would be offered again to a process that has forgotten it by then.
        if (await GiveAsync(answer))
        {
            return;
        }

        WorkItem? work = null;
        if (_queue.Waits(step) is { } waiting)
        {
            work = waiting.Work;
            _queue.Leave(waiting);
            waiting.Dispose();
        }

        var end = runner.EndOf(answer, agreed);
        if (await GrainFactory.Get<ITaskStepsGrain>(step.TaskId).EndStepAsync(end))
        {
            // One that did not wait may be an answer that was counted before.
            if (work is not null && !end.Suspended)
            {
                Count(work, end);
                Log(work, agreed, end, null);
            }

            _queue.Remember(step);
            if (_queue.Waits(step) is { } again)
            {
                // Asked for once more while the end was written.
                _queue.Leave(again);
                again.Dispose();
            }
        }

        _desk?.Forget(step);
        await GiveAsync(answer);
    }

    /// <summary>Gives an answer to the delivery that waits for it, if there is one, and waits until it is durable.</summary>
    private async Task<bool> GiveAsync(StepRunResult answer)
    {
        if (_desk?.Find(answer.Step) is not { } delivery)
        {
            return false;
        }

        delivery.Answer(new AgentAnswer(answer.Output, answer.Failure) { Asked = answer.Asked, Values = answer.Values });
        await delivery.Done;
        return true;
    }

    public Task HandBackAsync(StepKey step)
    {
        _desk?.HandBack(step);
        return Task.CompletedTask;
    }

    public Task ReportAsync(StepReported report)
    {
        _desk?.Find(report.Step)?.Report(report);
        endpointRuns.Report(report);
        return Task.CompletedTask;
    }

    private void OpenDesk(AgentManifest? manifest) =>
        _desk ??= manifest is { Transport: AgentTransports.Provider } ? new WorkerPool(providerOptions.Value, Offer) : null;

    private bool MayBegin(AgentRun run) => run.Manifest.Transport switch
    {
        AgentTransports.Provider => _desk is { } desk && desk.HasRoom(run, MayServe),
        AgentTransports.Http => MayCall(),
        _ => runner.MaxPerUser(run.Manifest) is not { } most || _queue.WorkingOf(run.Work.OwnerId) < most,
    };

    private AgentConnected? Connected(AgentManifest manifest) =>
        manifest.Transport == AgentTransports.Provider
            ? (_desk?.Connected ?? new AgentConnected(0, 0)) with { LastSeenAt = IsAway ? LastSeenAt : null }
            : null;

    /// <summary>Tells a process of a step; when it may have been told before, only if the task still wants it done.</summary>
    private void Offer(Delivery delivery)
    {
        delivery.OfferedAt = clock.GetUtcNow();
        if (delivery.Run.Repeated)
        {
            // Where the task does not answer, the next renewal of the process asks again.
            OfferAgainAsync(delivery).Ignore();
        }
        else
        {
            delivery.Offer(fresh: IsFirst(delivery.Run));
        }
    }

    /// <summary>
    /// Whether nothing can be recorded for a run: its task says so, and no activation before this one can have had the same
    /// message.
    /// </summary>
    private bool IsFirst(AgentRun run) =>
        run is { Work.Fresh: true, Continues: false } && run.Work.RequestedAt > _activatedAt + providerOptions.Value.FreshAfter;

    // The end may have been handed in to an activation before this one, and the process have forgotten it since.
    private async Task OfferAgainAsync(Delivery delivery)
    {
        var step = delivery.Step;
        var wanted = await GrainFactory.Get<ITaskStepsGrain>(step.TaskId).WantsAsync(step.StepId, step.Attempt, step.Turn);
        if (delivery.Over)
        {
            return;
        }

        if (wanted)
        {
            delivery.Offer();
            return;
        }

        _queue.Remember(step);
        _queue.Settle(step);
    }

    /// <summary>Joins what processes still run with the tasks that ask for it again.</summary>
    private void Reattach()
    {
        if (_desk is null)
        {
            return;
        }

        foreach (var step in _desk.Held.ToArray())
        {
            if (_queue.Take(step) is { } run)
            {
                Begin(run);
            }
        }
    }

    /// <summary>Takes a delivery out; whether its step waits for another process now.</summary>
    private bool Returned(Delivery delivery)
    {
        if (!delivery.Over && !_leaving)
        {
            delivery.Link.Observer.StopAsync(delivery.Step).Ignore();
        }

        // It takes no capacity any more, but whoever sends the answer again must still find it.
        delivery.Link.Deliveries.Remove(delivery);
        return delivery.HandedBack && _queue.PutBack(delivery.Run);
    }

    /// <summary>
    /// Notes a run whose worker was lost or gave it back: it waits from now on. What it worked counts as a run that gave no
    /// answer, unless the worker ended in order.
    /// </summary>
    private void Lose(AgentRun run, Delivery delivery, StepEnd? end)
    {
        var now = clock.GetUtcNow();
        if (end is not null && delivery.Loss == StepLosses.WorkerLost)
        {
            Count(run.Work, end);
            Log(run.Work, run.Manifest, end, run.WaitsSince, run.Lost);
        }

        run.Lost++;
        run.WaitsSince = now;
        TellLossAsync(run.Work, new StepLoss(
            run.Work.StepId, run.Work.Attempt, run.Work.Turn, run.StartedAt, end?.EndedAt ?? now, delivery.Loss)).Ignore();
    }

    private async Task TellLossAsync(WorkItem work, StepLoss loss)
    {
        for (var tries = 0; tries < LossTries; tries++)
        {
            try
            {
                await GrainFactory.Get<ITaskStepsGrain>(work.TaskId).LoseRunAsync(loss);
                return;
            }
            catch (Exception fault)
            {
                LogHandOverFailed(logger, work.TaskId, work.StepId, fault);
            }

            await Task.Delay(options.Value.MaxHandOverDelay, clock);
        }
    }

    private void Close(Delivery delivery)
    {
        _desk?.End(delivery);
        delivery.Finish();
    }

    private Task SweepAsync()
    {
        var now = clock.GetUtcNow();
        _desk!.Sweep(now);
        EndUnserved(now);
        NotePresence();
        if (_desk.Idle)
        {
            _sweep?.Dispose();
            _sweep = null;
        }

        return Task.CompletedTask;
    }
}
