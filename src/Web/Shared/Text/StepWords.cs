using Orkestron.Domain.Tasks;


namespace Orkestron.Web.Shared.Text;

/// <summary>Steps in words.</summary>
internal static class StepWords
{
    /// <summary>The state in a word that colours it, see <see cref="StateWord.Of(string)"/>.</summary>
    public static string Word(this StepState state) => state switch
    {
        StepState.Requested => StateWord.Queued,
        StepState.Working => StateWord.Working,
        StepState.Completed => StateWord.Finished,
        StepState.Failed => StateWord.Failed,
        StepState.Canceled => StateWord.Stopped,
        StepState.Retrying => StateWord.Retrying,
        StepState.Waiting => StateWord.Waiting,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a step state."),
    };

    /// <summary>As <see cref="Word"/>, with what the step waits for.</summary>
    public static string Shown(this StepView step) => step.WaitingFor is { } wait ? StateWord.Of(wait) : step.State.Word();

    /// <summary>The state as people read it.</summary>
    public static string Told(this StepView step) => StateWord.Of(step.Shown()).Word;

    /// <summary>The agent's name without its provider's.</summary>
    public static string ShortName(this StepView step) => step.Agent[(step.Agent.IndexOf('/') + 1)..];

    /// <summary>The steps by the one that called them; those that nobody called, or nobody that is known, under 0.</summary>
    public static ILookup<int, StepView> ByCaller(this IReadOnlyCollection<StepView> steps)
    {
        var known = steps.Select(static step => step.Id).ToHashSet();
        return steps.ToLookup(step => step.ParentId is { } parent && parent < step.Id && known.Contains(parent) ? parent : 0);
    }
}
