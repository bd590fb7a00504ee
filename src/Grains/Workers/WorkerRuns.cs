using Orkestron.Domain.Tasks;
using Orkestron.Grains.Common;
using Orkestron.Grains.Execution;

namespace Orkestron.Grains.Workers;

/// <summary>Runs through processes of the provider: assigned to one that has room, and to another when that one is lost.</summary>
internal sealed class WorkerRuns(
    Activation activation,
    WorkerPool pool,
    WorkerVersions versions,
    AgentQueue queue,
    AgentDispatcher dispatcher,
    RunStatistics statistics,
    StepEndSender ends,
    TimeProvider clock) : IRunGate
{
    public void Added(AgentRun run) => Reattach();

    public bool MayBegin(AgentRun run) => pool.HasRoom(run, versions.MayServe);

    public IAgentTransport? Begin(AgentRun run) => pool.Deliver(run, versions.MayServe, clock.GetUtcNow());

    public bool PutBack(AgentRun run, IAgentTransport? transport, StepEnd? end)
    {
        if (transport is not Delivery delivery)
        {
            return false;
        }

        if (!delivery.IsOver && !activation.IsEnding)
        {
            delivery.Connection.Observer.StopAsync(delivery.Step).Ignore();
        }

        // It takes no capacity any more, but a process that sends the answer again must still find it.
        delivery.Connection.Deliveries.Remove(delivery);
        if (!delivery.IsReturned || !queue.PutBack(run))
        {
            return false;
        }

        RecordLoss(run, delivery, end);
        return true;
    }

    public void Close(IAgentTransport? transport)
    {
        if (transport is Delivery delivery)
        {
            pool.End(delivery);
            delivery.Finish();
        }
    }

    /// <summary>Begins the waiting runs that a process works on already, for an earlier activation.</summary>
    public void Reattach()
    {
        foreach (var step in pool.Held.ToArray())
        {
            if (queue.Take(step) is { } run)
            {
                dispatcher.Begin(run);
            }
        }
    }

    /// <summary>
    /// Records a run that was lost or returned: it waits from now on. A lost process counts as a run without an answer; one that
    /// ended in order does not.
    /// </summary>
    private void RecordLoss(AgentRun run, Delivery delivery, StepEnd? end)
    {
        var (now, work) = (clock.GetUtcNow(), run.Work);
        if (end is not null && delivery.Loss == StepLosses.WorkerLost)
        {
            statistics.Add(work, run.Manifest, end, run.WaitsSince, run.Lost);
        }

        run.Lost++;
        run.WaitsSince = now;
        ends.ReportLossAsync(work, new StepLoss(
            work.StepId, work.Attempt, work.Turn, run.StartedAt, end?.EndedAt ?? now, delivery.Loss)).Ignore();
    }
}
