using Orkestron.GrainInterfaces.Providers;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Grains.Agents;

/// <summary>
/// What an agent has admitted: waiting in order, or working; and what ended lately, so that a message that comes twice
/// runs once. Not thread-safe: the grain's scheduler owns it.
/// </summary>
internal sealed class AgentQueue(int maxEnded)
{
    private readonly Dictionary<(Guid TaskId, int StepId), AgentRun> _runs = [];
    private readonly LinkedList<AgentRun> _waiting = [];
    private readonly HashSet<StepKey> _ended = [];
    private readonly Queue<StepKey> _endedOrder = new();

    public int Waiting => _waiting.Count;

    public int Working { get; private set; }

    /// <summary>Takes work in; false when this attempt, or a later one, is here or has ended.</summary>
    public bool Admit(StepWork work)
    {
        if (_ended.Contains(StepKey.Of(work)))
        {
            return false;
        }

        if (_runs.TryGetValue((work.TaskId, work.StepId), out var known))
        {
            if ((known.Work.Attempt, known.Work.Turn).CompareTo((work.Attempt, work.Turn)) >= 0)
            {
                return false;
            }

            Drop(known);
        }

        var run = new AgentRun(work);
        _runs[run.Key] = run;
        _waiting.AddLast(run);
        return true;
    }

    /// <summary>The next run to begin, or null when none waits.</summary>
    public AgentRun? Next()
    {
        if (_waiting.First?.Value is not { } run)
        {
            return null;
        }

        return Begin(run);
    }

    /// <summary>Begins one that waits, out of order; null when it does not wait.</summary>
    public AgentRun? Take(StepKey step) =>
        _runs.TryGetValue((step.TaskId, step.StepId), out var run) && !run.Working && StepKey.Of(run.Work) == step
            ? Begin(run)
            : null;

    /// <summary>A run that was begun waits again, in front; false when nobody wants it any more.</summary>
    public bool PutBack(AgentRun run)
    {
        if (run.Unwanted.IsCancellationRequested)
        {
            return false;
        }

        Working--;
        run.Working = false;
        _waiting.AddFirst(run);
        return true;
    }

    /// <summary>A run no longer takes capacity.</summary>
    public void End(AgentRun run)
    {
        Working--;
        if (run.Unwanted.IsCancellationRequested)
        {
            Forget(run);
        }
    }

    public void Forget(AgentRun run)
    {
        if (_runs.TryGetValue(run.Key, out var known) && ReferenceEquals(known, run))
        {
            _runs.Remove(run.Key);
        }
    }

    /// <summary>Remembers that an attempt's end is durable.</summary>
    public void Remember(StepKey step)
    {
        if (maxEnded == 0 || !_ended.Add(step))
        {
            return;
        }

        _endedOrder.Enqueue(step);
        if (_endedOrder.Count > maxEnded)
        {
            _ended.Remove(_endedOrder.Dequeue());
        }
    }

    public void Cancel(Guid taskId, int stepId)
    {
        if (_runs.TryGetValue((taskId, stepId), out var run))
        {
            Drop(run);
        }
    }

    public void CancelAll()
    {
        foreach (var run in _runs.Values.ToArray())
        {
            Drop(run);
        }
    }

    /// <summary>The waiting runs with their places, the first ones only.</summary>
    public IEnumerable<(AgentRun Run, int Position)> Positions(int most) =>
        _waiting.Take(most).Select(static (run, index) => (run, index + 1));

    private AgentRun Begin(AgentRun run)
    {
        _waiting.Remove(run);
        run.Working = true;
        Working++;
        return run;
    }

    private void Drop(AgentRun run)
    {
        run.Cancel();
        _runs.Remove(run.Key);
        if (!run.Working)
        {
            _waiting.Remove(run);
            run.Dispose();
        }
    }
}
