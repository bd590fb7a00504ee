using Orkestron.Domain.Tasks;

namespace Orkestron.Web.Shared.Text;

/// <summary>How steps are shown to people.</summary>
internal static class StepLabels
{
    /// <summary>The state as <see cref="StateLabel.Of(string)"/> takes it.</summary>
    public static string Word(this StepState state) => state switch
    {
        StepState.Requested => StateLabel.Queued,
        StepState.Working => StateLabel.Working,
        StepState.Completed => StateLabel.Finished,
        StepState.Failed => StateLabel.Failed,
        StepState.Canceled => StateLabel.Stopped,
        StepState.Retrying => StateLabel.Retrying,
        StepState.Waiting => StateLabel.Waiting,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a step state."),
    };

    /// <summary>The state to show: what the step waits for, if it waits, otherwise its stored state.</summary>
    public static string DisplayState(this StepView step) => step.WaitingFor is { } wait ? StateLabel.Of(wait) : step.State.Word();

    /// <summary>The text of the state to show.</summary>
    public static string StateText(this StepView step) => StateLabel.Of(step.DisplayState()).Text;

    /// <summary>The agent's name without its provider's.</summary>
    public static string ShortName(this StepView step) => step.Agent[(step.Agent.IndexOf('/') + 1)..];

    /// <summary>The steps grouped by the id of the step that called them. Root steps, and steps whose caller is not in the list,
    /// are under 0.</summary>
    public static ILookup<int, StepView> ByCaller(this IReadOnlyCollection<StepView> steps)
    {
        var known = steps.Select(static step => step.Id).ToHashSet();
        return steps.ToLookup(step => step.ParentId is { } parent && parent < step.Id && known.Contains(parent) ? parent : 0);
    }
}
