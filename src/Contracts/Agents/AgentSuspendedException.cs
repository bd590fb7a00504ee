namespace Orkestron.Contracts.Agents;

/// <summary>
/// Ends a run that waits for longer than a run should live: for a person, or for tomorrow. The agent runs again when the
/// wait is over, and gets what is recorded. Let it pass; an agent that catches it waits for nothing.
/// </summary>
public sealed class AgentSuspendedException : OperationCanceledException
{
    public AgentSuspendedException()
        : base("The run ends here and goes on when what it waits for has come.")
    {
    }

    public AgentSuspendedException(string message)
        : base(message)
    {
    }

    public AgentSuspendedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
