namespace Orkestron.Contracts.Tasks;

/// <summary>A task in a list.</summary>
/// <param name="Id">The task's id.</param>
/// <param name="Agent">Provider and name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="CreatedAt">When it was submitted.</param>
/// <param name="EndedAt">When it ended; null before.</param>
/// <param name="Held">Set aside at submission.</param>
/// <param name="Charged">Paid; 0 until settled.</param>
/// <param name="FailureCode">Why it failed or was rejected.</param>
public sealed record TaskListItem(
    Guid Id,
    string Agent,
    string State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt,
    Tokens Held,
    Tokens Charged,
    string? FailureCode);
