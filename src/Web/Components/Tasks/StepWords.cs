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

    /// <summary>The agent's name without its provider's.</summary>
    public static string ShortName(this StepView step) => step.Agent[(step.Agent.IndexOf('/') + 1)..];

    /// <summary>The steps by the one that called them; those that nobody called, or nobody that is known, under 0.</summary>
    public static ILookup<int, StepView> ByCaller(this IReadOnlyCollection<StepView> steps)
    {
        var known = steps.Select(static step => step.Id).ToHashSet();
        return steps.ToLookup(step => step.ParentId is { } parent && parent < step.Id && known.Contains(parent) ? parent : 0);
    }

    /// <summary>How long the step has worked, or null before it began.</summary>
    public static TimeSpan? Worked(this StepView step, DateTimeOffset now) =>
        step.StartedAt is { } from ? (step.EndedAt ?? now) - from : null;
}
