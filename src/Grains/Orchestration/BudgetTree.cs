using Orkestron.Contracts;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Tasks;

namespace Orkestron.Grains.Orchestration;

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
    public static long RestMicro(TaskRecord task, StepRecord step)
    {
        if (LeaseMicro(task, step) is not { } lease)
        {
            return step.Request.ParentId is { } parent ? RestMicro(task, task.Step(parent)!) : 0;
        }

        return lease - step.OwnMicro - CallsMicro(task)[step.Id];
    }

    /// <summary>What a step binds of its caller's: its lease while it runs, and then what it and its calls cost.</summary>
    public static long CommittedMicro(TaskRecord task, StepRecord step) => CommittedMicro(task, step, CallsMicro(task));

    /// <summary>The lease of a call, or why there is none.</summary>
    /// <param name="task">The task.</param>
    /// <param name="caller">The calling step.</param>
    /// <param name="priceMicro">What the called step costs.</param>
    /// <param name="callBudgetMicro">What its agent declares for calls.</param>
    /// <param name="budgetMicro">What the caller gives it; null for what the agent declares.</param>
    public static (long LeaseMicro, StepFailure? Failure) Lease(
        TaskRecord task, StepRecord caller, long priceMicro, long callBudgetMicro, long? budgetMicro)
    {
        if (budgetMicro < priceMicro)
        {
            return (0, TaskRules.Failure(
                ExhaustedCode, $"The call costs {new Tokens(priceMicro)} tokens; the budget given to it is {new Tokens(budgetMicro.Value)}."));
        }

        var rest = RestMicro(task, caller);
        return rest < priceMicro
            ? (0, TaskRules.Failure(
                ExhaustedCode,
                $"The call costs {new Tokens(priceMicro)} tokens; step {caller.Id} has {new Tokens(Math.Max(0, rest))} left of what it may spend."))
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

    private static long CommittedMicro(TaskRecord task, StepRecord step, long[] calls)
    {
        var bound = step.OwnMicro + calls[step.Id];
        return step.Ended ? bound : Math.Max(bound, LeaseMicro(task, step) ?? 0);
    }
}
