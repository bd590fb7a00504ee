using Orkestron.Domain.Tasks;

namespace Orkestron.Web.Shared.Text;

/// <summary>How tasks are shown to people. Pure.</summary>
internal static class TaskLabels
{
    /// <summary>The state to show, as <see cref="StateLabel.Of(string)"/> takes it: what the task waits for, if it waits.</summary>
    public static string DisplayState(this TaskView task) => task.WaitingFor is { } wait && !task.State.IsTerminal()
        ? StateLabel.Of(wait)
        : task.State.Word();

    /// <summary>The page's title. The state comes first because a browser tab shows only the beginning.</summary>
    public static string Title(this TaskView task, string agent) => $"{StateLabel.Of(task.DisplayState()).Text} · {agent} · Orkestron";
}
