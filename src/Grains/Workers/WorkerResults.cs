using Orkestron.Domain;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Execution;

namespace Orkestron.Grains.Workers;

/// <summary>Takes the results of processes: for the run that waits for one, or for its task alone.</summary>
internal sealed class WorkerResults(
    WorkerPool pool,
    AgentQueue queue,
    AgreedVersions agreed,
    AgentRunner runner,
    RunStatistics statistics,
    IGrainFactory grains)
{
    /// <summary>Takes how a step ended; completes when that is durable, or of no interest any more.</summary>
    public async Task TakeAsync(StepRunResult result)
    {
        if (await TryEndRunAsync(result))
        {
            return;
        }

        // Assigned by an earlier activation, or given up and waiting again: the result counts all the same.
        var step = result.Step;
        if (await agreed.OfStepAsync(step.TaskId, step.StepId) is not { } manifest)
        {
            pool.Forget(step);
            return;
        }

        // Assigned while the task was asked: left open, it would be sent again to a process that has forgotten it by then.
        if (await TryEndRunAsync(result))
        {
            return;
        }

        var work = RemoveWaiting(step);
        var end = runner.EndOf(result, manifest);
        if (await grains.Get<ITaskStepsGrain>(step.TaskId).EndStepAsync(end))
        {
            // Without a waiting run, the result may have been counted before.
            if (work is not null && !end.Suspended)
            {
                statistics.Add(work, manifest, end, null);
            }

            queue.Remember(step);
            // The task may have sent it again while the end was written.
            RemoveWaiting(step);
        }

        pool.Forget(step);
        await TryEndRunAsync(result);
    }

    /// <summary>Ends the run that waits for the result, if there is one, and waits until the end is durable.</summary>
    private async Task<bool> TryEndRunAsync(StepRunResult result)
    {
        if (pool.Find(result.Step) is not { } delivery)
        {
            return false;
        }

        delivery.Answer(new AgentAnswer(result.Output, result.Failure) { Asked = result.Asked, Values = result.Values });
        await delivery.Done;
        return true;
    }

    private WorkItem? RemoveWaiting(StepKey step)
    {
        if (queue.Waits(step) is not { } waiting)
        {
            return null;
        }

        queue.Leave(waiting);
        waiting.Dispose();
        return waiting.Work;
    }
}
