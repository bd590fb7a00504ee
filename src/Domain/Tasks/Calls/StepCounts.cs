using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>What is counted of a task's steps with each fact, so that nobody has to go through all of them. Immutable.</summary>
internal readonly record struct StepCounts
{
    private ImmutableDictionary<int, int>? Open { get; init; }

    /// <summary>How many steps an agent is at, or is to be at: those that wait, and those that have open calls, are none.</summary>
    public int AtWork { get; private init; }

    /// <summary>How many waits, questions, values and messages the steps have recorded.</summary>
    public int History { get; private init; }

    /// <summary>How many calls of a step have not ended.</summary>
    public int OpenCallsOf(int stepId) => Open?.GetValueOrDefault(stepId) ?? 0;

    /// <summary>The counts when a step has been added.</summary>
    /// <param name="steps">The steps before.</param>
    /// <param name="step">The new one.</param>
    public StepCounts Add(ImmutableList<StepRecord> steps, StepRecord step) =>
        Count(steps, step, step.Ended ? 0 : 1, IsAtWork(step) ? 1 : 0, step.History.Count);

    /// <summary>The counts when a step has changed.</summary>
    /// <param name="steps">The steps before.</param>
    /// <param name="before">The step before.</param>
    /// <param name="after">The step as it is now.</param>
    public StepCounts Change(ImmutableList<StepRecord> steps, StepRecord before, StepRecord after) => Count(
        steps,
        after,
        (before.Ended ? 1 : 0) - (after.Ended ? 1 : 0),
        (IsAtWork(after) ? 1 : 0) - (IsAtWork(before) ? 1 : 0),
        after.History.Count - before.History.Count);

    /// <summary>The counts when all steps have ended.</summary>
    public StepCounts End() => this with { Open = null, AtWork = 0 };

    private StepCounts Count(ImmutableList<StepRecord> steps, StepRecord step, int open, int atWork, int entries)
    {
        if (open == 0 || step.Request.ParentId is not { } parent)
        {
            return this with { AtWork = AtWork + atWork, History = History + entries };
        }

        var calls = OpenCallsOf(parent);
        var after = this with { Open = (Open ?? ImmutableDictionary<int, int>.Empty).SetItem(parent, calls + open) };
        // A caller is at work itself while none of its calls is open.
        var caller = steps[parent - 1];
        return after with
        {
            AtWork = AtWork + atWork + (after.IsAtWork(caller) ? 1 : 0) - (IsAtWork(caller) ? 1 : 0),
            History = History + entries,
        };
    }

    private bool IsAtWork(StepRecord step) =>
        step.Outstanding && step.State != StepState.Waiting && OpenCallsOf(step.Id) == 0;
}
