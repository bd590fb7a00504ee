using System.Collections.Immutable;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Shared.Text;

namespace Orkestron.Web.Features.Tasks.MyTasks;

/// <summary>The displayed states that the list of tasks can be filtered by. Pure.</summary>
internal static class TaskStateFilter
{
    private static readonly ImmutableArray<string> Open =
        [.. Enum.GetValues<TaskState>().Where(static state => !state.IsTerminal()).Select(static state => state.Word())];

    /// <summary>The states as written in addresses, in the order of the select list.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        TaskState.Submitted.Word(), StateLabel.Working, StateLabel.Asking, TaskState.AuthRequired.Word(), StateLabel.Away,
        StateLabel.Retrying, StateLabel.Waiting, StateLabel.Finished, StateLabel.Failed, TaskState.Rejected.Word(), StateLabel.Stopped,
    ];

    /// <summary>The text of a choice. Rejected tasks are shown as failed, and can be selected alone.</summary>
    public static string Label(string word) =>
        word == TaskState.Rejected.Word() ? "Failed: input refused" : StateLabel.Of(word).Text;

    /// <summary>
    /// The stored states that tasks with a displayed state may have. The displayed state of a running task depends on what it waits
    /// for, which only its grain knows.
    /// </summary>
    public static ImmutableArray<string> Stored(string word) => word switch
    {
        StateLabel.Failed => [StateLabel.Failed, TaskState.Rejected.Word()],
        _ when Open.Contains(word) || word is StateLabel.Away or StateLabel.Retrying or StateLabel.Waiting => Open,
        _ => [word],
    };

    /// <summary>Whether a task matches the filter.</summary>
    /// <param name="word">The chosen state.</param>
    /// <param name="shown">The displayed state of the task, see <see cref="TaskLabels.DisplayState"/>.</param>
    public static bool Includes(string word, string shown) =>
        word == shown || (word != TaskState.Rejected.Word() && StateLabel.Of(word).Text == StateLabel.Of(shown).Text);
}
