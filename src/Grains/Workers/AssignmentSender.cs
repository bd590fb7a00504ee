using Orkestron.Domain.Providers;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Common;
using Orkestron.Grains.Execution;

namespace Orkestron.Grains.Workers;

/// <summary>Sends steps to processes; one that may have been sent before only if its task still wants it done.</summary>
internal sealed class AssignmentSender(
    Activation activation, AgentQueue queue, IGrainFactory grains, TimeProvider clock, ProviderOptions options)
{
    public void Send(Delivery delivery)
    {
        delivery.SentAt = clock.GetUtcNow();
        if (delivery.Run.Repeated)
        {
            // Where the task does not answer, the next renewal of the process's lease asks again.
            SendAgainAsync(delivery).Ignore();
        }
        else
        {
            delivery.Send(fresh: IsFresh(delivery.Run));
        }
    }

    /// <summary>
    /// Whether nothing can be recorded for a run: its task says so, and no earlier activation can have received the same
    /// message.
    /// </summary>
    private bool IsFresh(AgentRun run) =>
        run is { Work.Fresh: true, Continues: false } && run.Work.RequestedAt > activation.StartedAt + options.FreshAfter;

    // The process may have sent the end to an earlier activation, and have forgotten the step since.
    private async Task SendAgainAsync(Delivery delivery)
    {
        var step = delivery.Step;
        var wanted = await grains.Get<ITaskStepsGrain>(step.TaskId).WantsAsync(step.StepId, step.Attempt, step.Turn);
        if (delivery.IsOver)
        {
            return;
        }

        if (wanted)
        {
            delivery.Send();
            return;
        }

        queue.Remember(step);
        queue.Settle(step);
    }
}
