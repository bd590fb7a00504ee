using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Endpoints;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Catalogue;
using Orkestron.Grains.Common;
using Orkestron.Grains.Endpoints;
using Orkestron.Grains.Execution;
using Orkestron.Grains.Workers;
using Orleans.Concurrency;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Orkestron.Grains.Agents;

/// <summary>One agent: admits steps from its work stream by capacity, runs them, hands the answers to their tasks.</summary>
[GrainType("agent"), Reentrant, ImplicitStreamSubscription(WorkStream.Namespace)]
internal sealed partial class AgentGrain(
    [PersistentState("agent", StorageNames.Cold)] IPersistentState<AgentRecord> agent,
    [PersistentState("agent-versions", StorageNames.Cold)] IPersistentState<VersionsRecord> versions,
    [PersistentState("agent-runs", StorageNames.Cold)] IPersistentState<RunsRecord> runs,
    DurableStates states,
    LocalAgents local,
    AgentRunner runner,
    TimeProvider clock,
    IOptions<AgentOptions> options,
    IOptions<ProviderOptions> providerOptions,
    IOptions<EndpointOptions> endpointOptions,
    IOptions<TaskOptions> taskOptions,
    EndpointRuns endpointRuns,
    ILogger<AgentGrain> logger)
    : Grain, IAgentGrain, IProviderAgentGrain, IEndpointAgentGrain, IStreamSubscriptionObserver, IAsyncObserver<WorkItem>
{
    private readonly DurableState<AgentRecord> _agent = states.Of(agent, static (before, after) => after.TakeFigures(before));
    private readonly DurableState<VersionsRecord> _versions = states.Of(versions);
    private readonly DurableState<RunsRecord> _runs = states.Of(runs, static (before, after) => after.TakeFrom(before));
    private readonly AgentQueue _queue = new(options.Value.MaxEnded);
    private bool _dirty;
    private bool _leaving;
    private DateTimeOffset _activatedAt;

    private AgentRecord Record => _agent.State;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _activatedAt = clock.GetUtcNow();
        OpenDesk(Record.Manifest);
        Offer();
        await LearnOwnerAsync();
        var period = options.Value.StatsPeriod;
        WatchHealthAsync().Ignore();
        this.RegisterGrainTimer(StoreStatsAsync, new() { DueTime = period, Period = period, Interleave = true });
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _leaving = true;
        local.Set(this.GetPrimaryKeyString(), null);
        _queue.CancelAll();
        return StoreStatsAsync();
    }

    public Task<AgentView?> GetAsync() => Task.FromResult(View());

    public Task<AgentManifest?> GetManifestAsync() => Task.FromResult(Shown(Record.Manifest));

    public Task<ImmutableArray<AgentVersion>> VersionsAsync() =>
        Task.FromResult(Record.Versions.AsEnumerable().Reverse().ToImmutableArray());

    public Task CancelStepAsync(Guid taskId, int stepId)
    {
        _queue.Cancel(taskId, stepId);
        Abandon(taskId, stepId);
        return Task.CompletedTask;
    }

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<WorkItem>().ResumeAsync(this);

    public Task OnNextAsync(WorkItem item, StreamSequenceToken? token = null)
    {
        if (Record.Manifest is null)
        {
            HandOver(item, Refused(item, "agent_not_found", "The agent is not published any more.", false));
        }
        else if (Find(item.AgentVersion) is not { } manifest)
        {
            HandOver(item, Gone(item));
        }
        else if (!_queue.HasRoom(item, options.Value))
        {
            HandOver(item, Refused(item, "agent_busy", "The agent's queue is full.", true));
        }
        else if (_queue.Admit(item, manifest))
        {
            Watched(_queue.Waits(StepKey.Of(item))!);
            Reattach();
            StartWaiting();
        }
        else
        {
            // Its task asks again, and may have forgotten what it waits for.
            TellAgain(item);
        }

        return Task.CompletedTask;
    }

    public Task OnCompletedAsync() => Task.CompletedTask;

    public Task OnErrorAsync(Exception ex)
    {
        LogStreamFault(logger, this.GetPrimaryKeyString(), ex);
        return Task.CompletedTask;
    }

    private void StartWaiting()
    {
        while (_queue.Working < Record.Manifest!.MaxConcurrency && _queue.Next(MayBegin) is { } run)
        {
            Begin(run);
        }

        TellWaiting();
    }

    private void Begin(AgentRun run)
    {
        Watch(run);
        RunAsync(
            run,
            run.Manifest.Transport == AgentTransports.Provider ? _desk?.Deliver(run, MayServe, clock.GetUtcNow()) : null).Ignore();
    }

    private async Task RunAsync(AgentRun run, Delivery? delivery)
    {
        var end = await runner.RunAsync(run, delivery);
        if (delivery is not null && Returned(delivery))
        {
            Lose(run, delivery, end);
            StartWaiting();
            return;
        }

        using (run)
        {
            _queue.End(run);
            Judge(run, end);
            StartWaiting();
            if (end is not null)
            {
                if (!end.Suspended)
                {
                    Count(run.Work, end);
                    Log(run.Work, run.Manifest, end, run.WaitsSince, run.Lost);
                }

                if (await HandOverAsync(run.Work, end))
                {
                    _queue.Remember(StepKey.Of(run.Work));
                }

                _queue.Forget(run);
            }
        }

        if (delivery is not null)
        {
            Close(delivery);
        }
    }

    private void HandOver(WorkItem work, StepEnd end) => HandOverAsync(work, end).Ignore();

    /// <summary>Gives the answer to its task until that is durable, or nobody can want it any more.</summary>
    /// <returns>Whether the attempt needs no second run.</returns>
    private async Task<bool> HandOverAsync(WorkItem work, StepEnd end)
    {
        var delay = TimeSpan.FromMilliseconds(50);
        while (true)
        {
            try
            {
                return await GrainFactory.Get<ITaskStepsGrain>(work.TaskId).EndStepAsync(end);
            }
            catch (Exception fault)
            {
                LogHandOverFailed(logger, work.TaskId, work.StepId, fault);
                if (clock.GetUtcNow() >= work.Deadline)
                {
                    return false;
                }
            }

            await Task.Delay(delay, clock);
            delay = delay * 2 < options.Value.MaxHandOverDelay ? delay * 2 : options.Value.MaxHandOverDelay;
        }
    }

    private StepEnd Refused(WorkItem work, string code, string message, bool retryable)
    {
        var now = clock.GetUtcNow();
        return new StepEnd
        {
            StepId = work.StepId,
            Attempt = work.Attempt,
            Turn = work.Turn,
            StartedAt = now,
            EndedAt = now,
            Failure = new StepFailure(code, message, retryable, false, null),
        };
    }

    private AgentView? View() => Record.Manifest is { } manifest
        ? new AgentView(Shown(manifest)!, Record.PublishedAt, Record.Stats(_queue.Working, _queue.Waiting), Connected(manifest))
        {
            Health = Health(manifest),
        }
        : null;

    // A plan is its publisher's own and may be large: nobody outside runs it.
    private AgentManifest? Shown(AgentManifest? manifest) => manifest?.Plan is null && !Record.Unlisted
        ? manifest
        : manifest is null ? null : manifest with { Plan = null, Unlisted = Record.Unlisted };

    private async Task StoreStatsAsync()
    {
        var (figures, log) = (_dirty, _logged);
        (_dirty, _logged) = (false, false);
        try
        {
            await (figures ? _agent.SaveAsync() : Task.CompletedTask);
            figures = false;
            await (log ? _runs.SaveAsync() : Task.CompletedTask);
            log = false;
        }
        finally
        {
            // What could not be stored is stored the next time.
            (_dirty, _logged) = (_dirty || figures, _logged || log);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The work stream of {Agent} reported a fault.")]
    private static partial void LogStreamFault(ILogger logger, string agent, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskId} did not take the end of step {StepId}; sending again.")]
    private static partial void LogHandOverFailed(ILogger logger, Guid taskId, int stepId, Exception fault);
}
