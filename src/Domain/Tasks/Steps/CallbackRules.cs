
namespace Orkestron.Domain.Tasks;

/// <summary>What a callback comes to that changes nothing any more. Pure.</summary>
internal static class CallbackRules
{
    public static StepEnding Of(TaskRecord task, StepEnd end)
    {
        if (!task.Exists || task.Step(end.StepId) is not { } step)
        {
            return StepEnding.Unknown;
        }

        // A failed attempt that is tried again has the next number already.
        // An output that was erased cannot be told from one that comes again.
        var same = end.Failure is { } failure
            ? step.FailureCode == failure.Code
                && (step.Attempt == end.Attempt + 1 || (step.Attempt == end.Attempt && step.State == StepState.Failed))
            : step.Attempt == end.Attempt && step.State == StepState.Completed && (step.Output?.SameAs(end.Output) ?? true);
        return same ? StepEnding.Again : StepEnding.Over;
    }
}
