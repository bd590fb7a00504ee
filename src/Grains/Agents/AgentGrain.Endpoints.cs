using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Endpoints;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Execution;

namespace Orkestron.Grains.Agents;

// The HTTP endpoint that serves this agent: what it tells by callback, how it does, and when it is left alone.
internal sealed partial class AgentGrain
{
    private readonly EndpointBreaker _breaker = new(endpointOptions.Value);
    private IGrainTimer? _retry;

    private bool IsHttp => Record.Manifest is { Transport: AgentTransports.Http };

    public Task AcceptedAsync(StepKey step)
    {
        // It works: whether its answer is good is seen later.
        _breaker.End(step, failed: false, clock.GetUtcNow());
        StartWaiting();
        return Task.CompletedTask;
    }

    public async Task<Outcome<CallbackTaken>> EndAsync(StepRunResult answer)
    {
        var step = answer.Step;
        if (await AgreedAsync(step.TaskId, step.StepId) is not { } agreed)
        {
            return Refuse.With(RefusalCode.NotFound, "There is no such step.");
        }

        var end = runner.EndOf(answer, agreed);
        var ending = await GrainFactory.Get<ITaskStepsGrain>(step.TaskId).EndAttemptAsync(end);
        if (ending == StepEnding.Recorded)
        {
            var run = _queue.Find(step);
            Count(run?.Work, end);
            Note(step, end);
            Log(run?.Work, agreed, end, run?.WaitsSince);
            _queue.Remember(step);
            _queue.Settle(step);
        }

        return ending switch
        {
            StepEnding.Unknown => Refuse.With(RefusalCode.NotFound, "There is no such step."),
            StepEnding.Over => Refuse.With(
                RefusalCode.CallbackOver, "The step has ended otherwise: it was cancelled, took too long, or is tried again."),
            _ when answer.Output is not null && end.Failure is { } broken => Refuse.With(
                RefusalCode.OutputInvalid, broken.Message),
            _ => new CallbackTaken(true),
        };
    }

    /// <summary>Notes that a run begins.</summary>
    private void Watch(AgentRun run)
    {
        if (IsHttp)
        {
            // An endpoint that has taken a step over goes on with it, whoever asks.
            run.Continues = true;
            _breaker.Begin(StepKey.Of(run.Work));
        }
    }

    /// <summary>Notes how a run ended; null when nobody wanted to know.</summary>
    private void Judge(AgentRun run, StepEnd? end)
    {
        if (!IsHttp)
        {
            return;
        }

        var step = StepKey.Of(run.Work);
        if (end is null)
        {
            _breaker.End(step, failed: null, clock.GetUtcNow());
            return;
        }

        Note(step, end);
        if (end.Failure is { Code: "timeout" })
        {
            Abandon(step.TaskId, step.StepId);
        }
    }

    private void Note(StepKey step, StepEnd end)
    {
        var now = clock.GetUtcNow();
        (Record.Endpoint ??= new EndpointHealthRecord()).Count(end.Failure, now, endpointOptions.Value.RecentRuns);
        // What the agent itself says, or whom it puts off, shows that its endpoint works.
        _breaker.End(step, EndpointFaults.IsEndpoints(end.Failure), now);
        _dirty = true;
    }

    /// <summary>Tells an endpoint that may still work on a step that nobody wants it any more.</summary>
    private void Abandon(Guid taskId, int stepId)
    {
        if (IsHttp)
        {
            AbandonAsync(taskId, stepId).Ignore();
        }
    }

    private async Task AbandonAsync(Guid taskId, int stepId)
    {
        if (await AgreedAsync(taskId, stepId) is { } agreed)
        {
            await runner.AbandonAsync(agreed, taskId, stepId);
        }
    }

    /// <summary>Whether the endpoint may be called; if not, looks again when it may.</summary>
    private bool MayCall()
    {
        var now = clock.GetUtcNow();
        if (_breaker.Allows(now))
        {
            return true;
        }

        if (_breaker.RetryAt is { } at && at > now && _queue.Waiting > 0)
        {
            _retry ??= this.RegisterGrainTimer(
                RetryAsync,
                new() { DueTime = Timeout.InfiniteTimeSpan, Period = Timeout.InfiniteTimeSpan, Interleave = true, KeepAlive = true });
            _retry.Change(at - now, Timeout.InfiniteTimeSpan);
        }

        return false;
    }

    private Task RetryAsync()
    {
        StartWaiting();
        return Task.CompletedTask;
    }

    private EndpointHealth? Health(AgentManifest manifest)
    {
        if (manifest is not { Transport: AgentTransports.Http, Endpoint: { } endpoint })
        {
            return null;
        }

        var known = Record.Endpoint;
        var (state, at) = EndpointStates.Of(
            known, _breaker.Probing, _breaker.RetryAt is not null, clock.GetUtcNow(), endpointOptions.Value);
        return new EndpointHealth(
            new Uri(endpoint).IdnHost,
            state,
            known?.LastSuccessAt,
            known?.LastFailureAt,
            known?.LastErrorKind,
            known?.FailureRate,
            _breaker.RetryAt)
        {
            CheckedAt = at,
        };
    }
}
