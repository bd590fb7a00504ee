using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Plans.Running;

/// <summary>The completed steps of a plan that can be undone. Thread-safe.</summary>
internal sealed class UndoLog
{
    private readonly Lock _lock = new();
    private readonly List<DoneStep> _done = [];

    public void Add(DoneStep step)
    {
        lock (_lock)
        {
            _done.Add(step);
        }
    }

    /// <summary>Adds the completed steps of another part of the plan.</summary>
    public void Add(UndoLog other)
    {
        foreach (var step in other.Take())
        {
            Add(step);
        }
    }

    /// <summary>Takes all out, what was done last first: the same in each run, as it goes by what is recorded.</summary>
    public IReadOnlyList<DoneStep> Take()
    {
        lock (_lock)
        {
            var done = _done
                .OrderByDescending(static step => step.At)
                .ThenByDescending(static step => step.Position, Comparer<RunPosition>.Create(RunPosition.Compare))
                .ToList();
            _done.Clear();
            return done;
        }
    }
}

/// <summary>A step that was done and can be undone.</summary>
/// <param name="Step">The step.</param>
/// <param name="Scope">What it saw, and its answer, as it was then.</param>
/// <param name="Context">Where it ran.</param>
/// <param name="At">When it was done.</param>
/// <param name="Position">Where in the plan's run.</param>
/// <param name="Key">The place in the plan's record that it took; null when none is known.</param>
/// <param name="Undoable">Whether plans that it called have done what can be undone.</param>
internal sealed record DoneStep(
    PlanStep Step, PlanScope Scope, IAgentContext Context, DateTimeOffset At, RunPosition Position, string? Key, bool Undoable);
