using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;

namespace Orkestron.Domain.Execution;

/// <summary>Why an agent does not run a step that was sent to it.</summary>
internal static class WorkFailures
{
    private const string VersionGone = "version_gone";
    private const int MaxNamed = 5;

    /// <summary>The agent was taken back.</summary>
    public static StepFailure NotPublished { get; } = Of("agent_not_found", "The agent is not published any more.");

    /// <summary>The agent's queue has no room: try again later.</summary>
    public static StepFailure QueueFull { get; } = Of("agent_busy", "The agent's queue is full.", retryable: true);

    /// <summary>The version that the task agreed to is not kept any more.</summary>
    public static StepFailure NotKept(WorkItem work) => Of(
        VersionGone,
        $"The task agreed to version {work.AgentVersion} of {work.Agent}, which is not kept any more. Run the task again.");

    /// <summary>No process serves the version that the task agreed to, nor one that may stand in for it.</summary>
    public static StepFailure NotServed(WorkItem work, IEnumerable<string> served) => Of(
        VersionGone,
        $"The task agreed to version {work.AgentVersion} of {work.Agent}; its provider's processes serve "
        + $"only {string.Join(", ", served.Take(MaxNamed))} now. Run the task again.");

    private static StepFailure Of(string code, string message, bool retryable = false) => new(code, message, retryable, false, null);
}
