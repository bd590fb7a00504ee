using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts.Agents;
using Orkestron.Workflow;

namespace Orkestron.Agents.Plans.Running;

/// <summary>Where steps of a plan run.</summary>
/// <param name="Scope">What they may refer to.</param>
/// <param name="Context">Records their calls, waits and questions.</param>
/// <param name="Done">Where completed steps are noted, to be undone.</param>
/// <param name="Position">Where in the plan's run they stand; null for its beginning.</param>
/// <param name="Stop">Cancelled when their answer is no longer wanted.</param>
internal sealed record PlanFrame(PlanScope Scope, IAgentContext Context, UndoLog Done, RunPosition? Position, CancellationToken Stop)
{
    /// <summary>The place of the call that these steps undo; null when they undo none.</summary>
    public string? Undoes { get; init; }

    /// <summary>Whether these steps undo something.</summary>
    public bool IsUndo { get; init; }

    /// <summary>The context with what is recorded at its places; null for one that records nothing of its own.</summary>
    public StepContext? Durable => Context as StepContext;

    /// <summary>The options of a call that needs no undoing of its own.</summary>
    public CallOptions Options => IsUndo ? CallOptions.None with { Undo = new UndoTerms { Of = Undoes } } : CallOptions.None;

    public PlanFrame At(int index) => this with { Position = new RunPosition(Position, index) };

    public PlanFrame In(PlanScope scope, IAgentContext? context = null) => this with { Scope = scope, Context = context ?? Context };
}

/// <summary>A place in a plan's run: numbers of steps, branches and rounds, the innermost last.</summary>
internal sealed record RunPosition(RunPosition? Above, int Index)
{
    /// <summary>
    /// Below zero when the first came before the second where both were reached at the same time. What lies within a step came
    /// before the step's end.
    /// </summary>
    public static int Compare(RunPosition first, RunPosition second)
    {
        var (a, b) = (first.Numbers(), second.Numbers());
        for (var i = 0; i < Math.Min(a.Count, b.Count); i++)
        {
            if (a[i] != b[i])
            {
                return a[i].CompareTo(b[i]);
            }
        }

        return b.Count.CompareTo(a.Count);
    }

    /// <summary>The numbers, parted by dots.</summary>
    public override string ToString() => string.Join('.', Numbers());

    private List<int> Numbers()
    {
        var numbers = new List<int>();
        for (var at = this; at is not null; at = at.Above)
        {
            numbers.Insert(0, at.Index);
        }

        return numbers;
    }
}
