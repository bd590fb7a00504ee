namespace Orkestron.Domain.Providers;

/// <summary>A task as one provider knows it: the same for all its steps there, another for every other provider.</summary>
public static class TaskPseudonym
{
    /// <param name="agent">Provider and name.</param>
    /// <param name="taskId">The task.</param>
    public static string Of(string agent, Guid taskId)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return DerivedId.Of(
            $"provider-task\n{agent.AsSpan(0, agent.IndexOf('/', StringComparison.Ordinal))}\n{taskId:N}").ToString();
    }
}
