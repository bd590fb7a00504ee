namespace Orkestron.Contracts.Agents;

/// <summary>The agent will not work on this input. The message reaches the user: say what to change.</summary>
public sealed class AgentRefusedException : Exception
{
    public AgentRefusedException()
        : this("The agent refused the input.")
    {
    }

    public AgentRefusedException(string message)
        : base(message)
    {
    }

    public AgentRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A stable code for programs, for instance <c>sql_not_allowed</c>.</summary>
    public string Code { get; init; } = "agent_refused";
}

/// <summary>The work failed. The message reaches the user: no secrets in it.</summary>
public sealed class AgentFailedException : Exception
{
    public AgentFailedException()
        : this("The agent failed.")
    {
    }

    public AgentFailedException(string message)
        : base(message)
    {
    }

    public AgentFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A stable code for programs, for instance <c>model_rate_limited</c>.</summary>
    public string Code { get; init; } = "agent_failed";

    /// <summary>Whether another try may succeed.</summary>
    public bool Retryable { get; init; }

    /// <summary>How long to wait before the next try; null for the platform's own backoff.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>When the failure of a called agent was recorded; null for one that was not.</summary>
    public DateTimeOffset? At { get; init; }
}
