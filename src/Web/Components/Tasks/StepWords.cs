using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Web.Components.Tasks;

/// <summary>Steps in words.</summary>
internal static class StepWords
{
    public static string Word(this StepState state) => state switch
    {
        StepState.Requested => "waiting",
        StepState.Working => "working",
        StepState.Completed => "completed",
        StepState.Failed => "failed",
        StepState.Canceled => "canceled",
        StepState.Retrying => "retrying",
        StepState.Waiting => "paused",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a step state."),
    };

    /// <summary>How long the step has worked, or null before it began.</summary>
    public static TimeSpan? Worked(this StepView step, DateTimeOffset now) =>
        step.StartedAt is { } from ? (step.EndedAt ?? now) - from : null;
}
