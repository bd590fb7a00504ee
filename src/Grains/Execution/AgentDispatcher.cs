using Orkestron.Domain.Agents;
using Orkestron.Domain.Execution;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Execution;

/// <summary>Queues the steps that are sent to an agent, runs them by its capacity, and sends their ends to the tasks.</summary>
internal sealed class AgentDispatcher
{
    private readonly DurableState<AgentRecord> _agent;
    private readonly AgentQueue _queue;
    private readonly AgentRunner _runner;
    private readonly RunStatistics _statistics;
    private readonly StepEndSender _ends;
    private readonly QueueNotices _notices;
    private readonly Func<AgentManifest, IRunGate> _gateOf;
    private readonly AgentOptions _options;
    private readonly Func<AgentRun, bool> _mayBegin;

    /// <param name="agent">The agent's capacity.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="runner">Runs one attempt.</param>
    /// <param name="statistics">Where runs are counted.</param>
    /// <param name="ends">Sends ends to tasks.</param>
    /// <param name="notices">Reports to waiting tasks.</param>
    /// <param name="gateOf">The gate of a manifest's transport.</param>
    /// <param name="options">Limits of the queue.</param>
    public AgentDispatcher(
        DurableState<AgentRecord> agent,
        AgentQueue queue,
        AgentRunner runner,
        RunStatistics statistics,
        StepEndSender ends,
        QueueNotices notices,
        Func<AgentManifest, IRunGate> gateOf,
        AgentOptions options)
    {
        (_agent, _queue, _runner, _statistics) = (agent, queue, runner, statistics);
        (_ends, _notices, _gateOf, _options) = (ends, notices, gateOf, options);
        _mayBegin = run => gateOf(run.Manifest).MayBegin(run);
    }

    /// <summary>Takes a step from the agent's work stream; a step that is here already, or has ended, is not run twice.</summary>
    /// <param name="work">The attempt.</param>
    /// <param name="agreed">The version that its task agreed to.</param>
    public void Add(WorkItem work, AgentManifest agreed)
    {
        if (!_queue.HasRoom(work, _options))
        {
            _ends.Fail(work, WorkFailures.QueueFull);
        }
        else if (_queue.Admit(work, agreed))
        {
            var run = _queue.Waits(work.Key)!;
            _notices.Added(run);
            _gateOf(agreed).Added(run);
            BeginWaiting();
        }
        else
        {
            _notices.Repeat(work);
        }
    }

    /// <summary>Begins as many waiting runs as may begin now.</summary>
    public void BeginWaiting()
    {
        while (_queue.Working < _agent.State.Manifest!.MaxConcurrency && _queue.Next(_mayBegin) is { } run)
        {
            Begin(run);
        }

        _notices.SendDue();
    }

    /// <summary>Begins a run that was taken out of the queue.</summary>
    public void Begin(AgentRun run)
    {
        var gate = _gateOf(run.Manifest);
        RunAsync(run, gate, gate.Begin(run)).Ignore();
    }

    private async Task RunAsync(AgentRun run, IRunGate gate, IAgentTransport? transport)
    {
        var end = await _runner.RunAsync(run, transport);
        if (gate.PutBack(run, transport, end))
        {
            BeginWaiting();
            return;
        }

        using (run)
        {
            _queue.End(run);
            gate.End(run, end);
            BeginWaiting();
            if (end is not null)
            {
                if (!end.Suspended)
                {
                    _statistics.Add(run.Work, run.Manifest, end, run.WaitsSince, run.Lost);
                }

                if (await _ends.SendAsync(run.Work, end))
                {
                    _queue.Remember(run.Work.Key);
                }

                _queue.Forget(run);
            }
        }

        gate.Close(transport);
    }
}
