namespace Orkestron.Contracts.Agents;

/// <summary>What a call has to do with undoing: a plan's steps say how they are undone when the plan fails.</summary>
public sealed record UndoTerms
{
    /// <summary>
    /// The agents (provider and name) that undo the call, once it has been done and what follows fails. What they may cost is
    /// kept free in the caller's budget. Empty when nothing undoes it.
    /// </summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>Whether what was done stays when the task is cancelled.</summary>
    public bool StaysOnCancel { get; init; }

    /// <summary>The place of the call that this one undoes; null when it undoes none.</summary>
    public string? Of { get; init; }
}
