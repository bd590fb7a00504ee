using Orkestron.Domain;
using Orkestron.Domain.Endpoints;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Execution;

namespace Orkestron.Grains.Endpoints;

/// <summary>Takes how steps ended that an endpoint reports by callback.</summary>
internal sealed class EndpointResults(
    EndpointMonitor monitor,
    AgentQueue queue,
    AgreedVersions agreed,
    AgentRunner runner,
    RunStatistics statistics,
    IGrainFactory grains)
{
    /// <summary>Takes how a step ended, once that is durable.</summary>
    public async Task<Outcome<CallbackTaken>> TakeAsync(StepRunResult result)
    {
        var step = result.Step;
        if (await agreed.OfStepAsync(step.TaskId, step.StepId) is not { } manifest)
        {
            return Unknown();
        }

        var end = runner.EndOf(result, manifest);
        var ending = await grains.Get<ITaskStepsGrain>(step.TaskId).EndAttemptAsync(end);
        if (ending == StepEnding.Recorded)
        {
            var run = queue.Find(step);
            statistics.Add(run?.Work, manifest, end, run?.WaitsSince);
            monitor.Count(step, end);
            queue.Remember(step);
            queue.Settle(step);
        }

        return ending switch
        {
            StepEnding.Unknown => Unknown(),
            StepEnding.Over => Refuse.With(
                RefusalCode.CallbackOver, "The step has ended otherwise: it was cancelled, took too long, or is tried again."),
            _ when result.Output is not null && end.Failure is { } broken => Refuse.With(
                RefusalCode.OutputInvalid, broken.Message),
            _ => new CallbackTaken(true),
        };
    }

    private static Refusal Unknown() => Refuse.With(RefusalCode.NotFound, "There is no such step.");
}
