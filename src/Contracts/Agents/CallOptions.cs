namespace Orkestron.Contracts.Agents;

/// <summary>How to call an agent.</summary>
/// <param name="Budget">
/// At most this is spent on the call, its own calls included, out of what the caller may still spend. When left out: the
/// agent's price and the call budget that it declares, or what is left of the caller's, if that is less.
/// </param>
/// <param name="Role">
/// What the called step is addressed by in messages: lower-case letters, digits and <c>/ _ . -</c>, at most 100. When left
/// out, the agent's provider and name.
/// </param>
public sealed record CallOptions(Tokens? Budget = null, string? Role = null)
{
    /// <summary>How the call is undone, or what it undoes; null for neither. Of calls inside the platform.</summary>
    public UndoTerms? Undo { get; init; }

    /// <summary>As the called agent declares.</summary>
    public static CallOptions None { get; } = new();
}
