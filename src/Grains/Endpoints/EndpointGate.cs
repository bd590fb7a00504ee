using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Endpoints;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Common;
using Orkestron.Grains.Execution;

namespace Orkestron.Grains.Endpoints;

/// <summary>Runs at an HTTP endpoint: an endpoint that keeps failing is left alone for a while.</summary>
internal sealed class EndpointGate(
    Activation activation,
    DurableState<AgentRecord> agent,
    EndpointBreaker breaker,
    EndpointMonitor monitor,
    AgentQueue queue,
    AgentDispatcher dispatcher,
    AgreedVersions agreed,
    AgentRunner runner,
    TimeProvider clock) : IRunGate
{
    private IGrainTimer? _retry;

    public bool MayBegin(AgentRun run)
    {
        var now = clock.GetUtcNow();
        if (breaker.Allows(now))
        {
            return true;
        }

        if (breaker.RetryAt is { } at && at > now && queue.Waiting > 0)
        {
            _retry ??= activation.StartTimer(BeginWaitingAsync, Timeout.InfiniteTimeSpan, keepAlive: true);
            _retry.Change(at - now, Timeout.InfiniteTimeSpan);
        }

        return false;
    }

    public IAgentTransport? Begin(AgentRun run)
    {
        // An endpoint that has accepted a step goes on with it, whoever asks.
        run.Continues = true;
        breaker.Begin(run.Work.Key);
        return null;
    }

    public void End(AgentRun run, StepEnd? end)
    {
        var step = run.Work.Key;
        if (end is null)
        {
            breaker.End(step, failed: null, clock.GetUtcNow());
            return;
        }

        monitor.Count(step, end);
        if (end.Failure is { Code: "timeout" })
        {
            Abandon(step.TaskId, step.StepId);
        }
    }

    /// <summary>The endpoint works on a step and will report its end by callback: whether the answer is good is seen then.</summary>
    public void Accepted(StepKey step)
    {
        breaker.End(step, failed: false, clock.GetUtcNow());
        dispatcher.BeginWaiting();
    }

    /// <summary>Cancels a step at the endpoint, which may still work on it.</summary>
    public void Abandon(Guid taskId, int stepId)
    {
        if (agent.State.Manifest is { Transport: AgentTransports.Http })
        {
            AbandonAsync(taskId, stepId).Ignore();
        }
    }

    private async Task AbandonAsync(Guid taskId, int stepId)
    {
        if (await agreed.OfStepAsync(taskId, stepId) is { } manifest)
        {
            await runner.AbandonAsync(manifest, taskId, stepId);
        }
    }

    private Task BeginWaitingAsync()
    {
        dispatcher.BeginWaiting();
        return Task.CompletedTask;
    }
}
