using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Execution;

/// <summary>
/// The steps of an agent that wait in order or run, and those that ended lately, so that a message that comes twice is run
/// once. Not thread-safe: the grain's scheduler owns it.
/// </summary>
internal sealed class AgentQueue(int maxEnded)
{
    private readonly Dictionary<(Guid TaskId, int StepId), AgentRun> _runs = [];
    private readonly LinkedList<AgentRun> _waiting = [];
    private readonly Dictionary<Guid, int> _workingOf = [];
    private readonly HashSet<StepKey> _ended = [];
    private readonly Queue<StepKey> _endedOrder = new();

    public int Waiting => _waiting.Count;

    /// <summary>The inputs of the waiting steps, in bytes together.</summary>
    public long WaitingBytes { get; private set; }

    public int Working { get; private set; }

    public IEnumerable<AgentRun> WaitingRuns => _waiting;

    /// <summary>The versions of the steps that wait or run.</summary>
    public IReadOnlySet<string> Versions => _runs.Values.Select(static run => run.Work.AgentVersion).ToHashSet(StringComparer.Ordinal);

    /// <summary>Adds an attempt to the queue; false when it, or a later one of the same step, is here or has ended.</summary>
    /// <param name="work">The attempt.</param>
    /// <param name="manifest">The version that its task agreed to.</param>
    public bool Admit(WorkItem work, AgentManifest manifest)
    {
        if (_ended.Contains(work.Key))
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

        var run = new AgentRun(work, manifest);
        _runs[run.Key] = run;
        _waiting.AddLast(run);
        WaitingBytes += run.Work.Input.Length;
        return true;
    }

    /// <summary>Whether the queue has room for an attempt. One that is here already needs none.</summary>
    public bool HasRoom(WorkItem work, AgentOptions options) => Find(work.Key) is not null
        || (Waiting < options.MaxQueued && (Waiting == 0 || WaitingBytes + work.Input.Length <= options.MaxQueuedBytes));

    /// <summary>How many runs of a user's tasks go on.</summary>
    public int WorkingOf(Guid ownerId) => _workingOf.GetValueOrDefault(ownerId);

    /// <summary>
    /// Begins the next waiting run that may begin, and gives it; null when there is none. One that may not holds up only runs of
    /// its own version and user.
    /// </summary>
    public AgentRun? Next(Func<AgentRun, bool> may)
    {
        HashSet<(string Version, bool Fresh, Guid Owner)>? blocked = null;
        foreach (var run in _waiting)
        {
            var like = (run.Work.AgentVersion, run.IsFirstRun, run.Work.OwnerId);
            if (blocked?.Contains(like) == true)
            {
                continue;
            }

            if (may(run))
            {
                return Begin(run);
            }

            (blocked ??= []).Add(like);
        }

        return null;
    }

    /// <summary>The run of a step that waits, whichever attempt, or null.</summary>
    public AgentRun? Waits(Guid taskId, int stepId) => _runs.GetValueOrDefault((taskId, stepId)) is { Working: false } run ? run : null;

    /// <summary>The run of a step that waits, or null.</summary>
    public AgentRun? Waits(StepKey step) =>
        Find(step) is { Working: false } run ? run : null;

    /// <summary>The run of a step, working or waiting, or null.</summary>
    public AgentRun? Find(StepKey step) =>
        _runs.TryGetValue((step.TaskId, step.StepId), out var run) && run.Work.Key == step ? run : null;

    /// <summary>Removes a run that waits.</summary>
    public void Leave(AgentRun run)
    {
        Unqueue(run);
        Forget(run);
    }

    /// <summary>Begins one that waits, out of order; null when it does not wait.</summary>
    public AgentRun? Take(StepKey step) => Waits(step) is { } run ? Begin(run) : null;

    /// <summary>A run that was begun waits again, in front; false when it was cancelled.</summary>
    public bool PutBack(AgentRun run)
    {
        if (run.Unwanted.IsCancellationRequested)
        {
            return false;
        }

        Stop(run);
        (run.Working, run.Repeated) = (false, true);
        _waiting.AddFirst(run);
        WaitingBytes += run.Work.Input.Length;
        return true;
    }

    /// <summary>A run no longer takes capacity.</summary>
    public void End(AgentRun run)
    {
        Stop(run);
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

    /// <summary>An attempt's end came another way: its run is cancelled.</summary>
    public void Settle(StepKey step)
    {
        if (Find(step) is { } run)
        {
            Drop(run);
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

    private AgentRun Begin(AgentRun run)
    {
        Unqueue(run);
        (run.Working, run.Reported) = (true, null);
        Working++;
        _workingOf[run.Work.OwnerId] = WorkingOf(run.Work.OwnerId) + 1;
        return run;
    }

    private void Unqueue(AgentRun run)
    {
        if (_waiting.Remove(run))
        {
            WaitingBytes -= run.Work.Input.Length;
        }
    }

    private void Stop(AgentRun run)
    {
        Working--;
        if (WorkingOf(run.Work.OwnerId) is > 1 and var working)
        {
            _workingOf[run.Work.OwnerId] = working - 1;
        }
        else
        {
            _workingOf.Remove(run.Work.OwnerId);
        }
    }

    private void Drop(AgentRun run)
    {
        run.Cancel();
        _runs.Remove(run.Key);
        if (!run.Working)
        {
            Unqueue(run);
            run.Dispose();
        }
    }
}
