using Orkestron.Contracts;

namespace Orkestron.Domain.Tasks;

/// <summary>
/// Who may spend how much of a task's hold. Each call gets a lease out of what its caller has left: for its own price, and
/// for what it calls in turn. What a step that has ended did not spend is its caller's again. Pure.
/// </summary>
internal static class BudgetTree
{
    public const string ExhaustedCode = "budget_exhausted";

    /// <summary>What a step, with all that it calls, may cost at most; null for one from before there were leases.</summary>
    public static long? LeaseMicro(TaskRecord task, StepRecord step) =>
        step.Id == 1 ? task.Submission!.HeldMicro : step.Request.LeaseMicro;

    /// <summary>What a step may still give to calls.</summary>
    /// <param name="task">The task.</param>
    /// <param name="step">The step.</param>
    /// <param name="undoes">Whether for undoing what was done: for that, what it may cost is kept free.</param>
    public static long RestMicro(TaskRecord task, StepRecord step, bool undoes = false)
    {
        if (LeaseMicro(task, step) is not { } lease)
        {
            return step.Request.ParentId is { } parent ? RestMicro(task, task.Step(parent)!, undoes) : 0;
        }

        return lease - step.OwnMicro - CallsMicro(task)[step.Id] - (undoes || !task.CanUndo ? 0 : KeptMicro(task)[step.Id]);
    }

    /// <summary>What a step binds of its caller's: its lease while it runs, and then what it and its calls cost.</summary>
    public static long CommittedMicro(TaskRecord task, StepRecord step) => CommittedMicro(task, step, CallsMicro(task));

    /// <summary>The lease of a call, or why there is none.</summary>
    /// <param name="task">The task.</param>
    /// <param name="caller">The calling step.</param>
    /// <param name="priceMicro">What the called step costs.</param>
    /// <param name="callBudgetMicro">What its agent declares for calls.</param>
    /// <param name="budgetMicro">What the caller gives it; null for what the agent declares.</param>
    /// <param name="undoMicro">What undoing the call may cost: kept free with it.</param>
    /// <param name="undoes">Whether the call undoes something.</param>
    public static (long LeaseMicro, StepFailure? Failure) Lease(
        TaskRecord task,
        StepRecord caller,
        long priceMicro,
        long callBudgetMicro,
        long? budgetMicro,
        long undoMicro = 0,
        bool undoes = false)
    {
        if (budgetMicro < priceMicro)
        {
            return (0, StepFailures.Of(
                ExhaustedCode, $"The call costs {new Tokens(priceMicro)} tokens; the budget given to it is {new Tokens(budgetMicro.Value)}."));
        }

        var rest = RestMicro(task, caller, undoes) - undoMicro;
        return rest < priceMicro
            ? (0, StepFailures.Of(
                ExhaustedCode,
                $"The call costs {new Tokens(priceMicro)} tokens{(undoMicro > 0 ? $", and undoing it {new Tokens(undoMicro)}" : "")}; "
                + $"step {caller.Id} has {new Tokens(Math.Max(0, rest + undoMicro))} left of what it may spend."))
            : (Math.Min(rest, budgetMicro ?? checked(priceMicro + callBudgetMicro)), null);
    }

    /// <summary>What the calls of each step bind, by its id: in one pass, as a step comes after the one that called it.</summary>
    private static long[] CallsMicro(TaskRecord task)
    {
        var calls = new long[task.Steps.Count + 1];
        for (var id = task.Steps.Count; id > 1; id--)
        {
            var step = task.Steps[id - 1];
            var parent = step.Request.ParentId!.Value;
            calls[parent] = checked(calls[parent] + CommittedMicro(task, step, calls));
        }

        return calls;
    }

    /// <summary>What each step must keep free to undo what it, and what has ended below it, has done or is about to do.</summary>
    private static long[] KeptMicro(TaskRecord task)
    {
        var kept = new long[task.Steps.Count + 1];
        for (var id = task.Steps.Count; id > 1; id--)
        {
            var step = task.Steps[id - 1];
            var parent = step.Request.ParentId!.Value;
            kept[id] = checked(kept[id] + ReservedMicro(step));
            if (step.State is not (StepState.Failed or StepState.Canceled))
            {
                // While it runs, its own lease keeps what lies below it.
                kept[parent] = checked(kept[parent] + (step.Request.UndoMicro ?? 0) + (step.Ended ? kept[id] : 0));
            }
        }

        kept[1] = checked(kept[1] + ReservedMicro(task.Steps[0]));
        return kept;
    }

    private static long ReservedMicro(StepRecord step) => step.History.Values.Sum(static entry => entry.UndoMicro);

    private static long CommittedMicro(TaskRecord task, StepRecord step, long[] calls)
    {
        var bound = step.OwnMicro + calls[step.Id];
        return step.Ended ? bound : Math.Max(bound, LeaseMicro(task, step) ?? 0);
    }
}
