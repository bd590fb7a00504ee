using System.Collections.Immutable;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Shared.Text;

namespace Orkestron.Web.Features.Tasks.MyTasks;

/// <summary>The states that a list of tasks is filtered by: as people are shown them. Pure.</summary>
internal static class TaskStateFilter
{
    private static readonly ImmutableArray<string> Open =
        [.. Enum.GetValues<TaskState>().Where(static state => !state.IsTerminal()).Select(static state => state.Word())];

    /// <summary>The words in an address, in the order of a list.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        TaskState.Submitted.Word(), StateLabel.Working, StateLabel.Asking, TaskState.AuthRequired.Word(), StateLabel.Away,
        StateLabel.Retrying, StateLabel.Waiting, StateLabel.Finished, StateLabel.Failed, TaskState.Rejected.Word(), StateLabel.Stopped,
    ];

    /// <summary>What people choose; refused input is a part of what failed.</summary>
    public static string Label(string word) =>
        word == TaskState.Rejected.Word() ? "Failed: input refused" : StateLabel.Of(word).Text;

    /// <summary>
    /// The stored states among which tasks are that are shown so. What an open task is shown as hangs on what it waits for,
    /// which it alone knows.
    /// </summary>
    public static ImmutableArray<string> Stored(string word) => word switch
    {
        StateLabel.Failed => [StateLabel.Failed, TaskState.Rejected.Word()],
        _ when Open.Contains(word) || word is StateLabel.Away or StateLabel.Retrying or StateLabel.Waiting => Open,
        _ => [word],
    };

    /// <summary>Whether a task that is shown so is one of those.</summary>
    /// <param name="word">What was chosen.</param>
    /// <param name="shown">What the task is shown as, see <see cref="TaskLabels.DisplayState"/>.</param>
    public static bool Includes(string word, string shown) =>
        word == shown || (word != TaskState.Rejected.Word() && StateLabel.Of(word).Text == StateLabel.Of(shown).Text);
}
