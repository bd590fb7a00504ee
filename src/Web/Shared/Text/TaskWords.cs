using Orkestron.Domain.Tasks;


namespace Orkestron.Web.Shared.Text;

/// <summary>Tasks in words. Pure.</summary>
internal static class TaskWords
{
    /// <summary>The state as people are told it, for <see cref="StateWord.Of(string)"/>.</summary>
    public static string Shown(this TaskView task) => task.WaitingFor is { } wait && !task.State.IsTerminal()
        ? StateWord.Of(wait)
        : task.State.Word();

    /// <summary>The page's title: the state first, for it is what a tab has room for.</summary>
    public static string Title(this TaskView task, string agent) => $"{StateWord.Of(task.Shown()).Word} · {agent} · Orkestron";
}
