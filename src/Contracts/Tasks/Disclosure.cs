namespace Orkestron.Contracts.Tasks;

/// <summary>That an agent was given content of a task: one for each step. Who the owner is, no agent is told.</summary>
public sealed record Disclosure
{
    /// <summary>The step for which it got the content.</summary>
    public required int StepId { get; init; }

    /// <summary>The step whose agent passed it on; null for the agent that the task was handed to.</summary>
    public int? ParentId { get; init; }

    /// <summary>Who publishes the agent.</summary>
    public required string Provider { get; init; }

    /// <summary>Provider and name.</summary>
    public required string Agent { get; init; }

    /// <summary>The version that got it.</summary>
    public required string AgentVersion { get; init; }

    /// <summary>Whether the content stayed inside the platform.</summary>
    public bool InsidePlatform { get; init; }

    /// <summary>
    /// Who outside the platform got it: the agent's provider, or whom the agent says that it sends it to, such as the host
    /// of a language model. Null when it stayed inside.
    /// </summary>
    public string? Recipient { get; init; }

    /// <summary>When it was handed to the agent.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>When the agent is known to have begun with it; null while it waits, and when it was stopped before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How often it was handed over: more than once when an attempt failed.</summary>
    public int Attempts { get; init; }

    /// <summary>
    /// What it got: JSON Pointers of the fields of the step's input, or one empty pointer for an input without fields. Null
    /// once the content was erased.
    /// </summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>
    /// Fields of the task's own input that were in it. For a step that another agent asked for, those whose text, or a part
    /// of it, stands in the step's input word for word, or whose value stands there under the same name; what an agent
    /// wrote itself, such as a summary, is not traced. Null once the content was erased, or when it is too large to trace.
    /// </summary>
    public IReadOnlyList<string>? TaskFields { get; init; }

    /// <summary>Files that it might read or made. Those that it never read have no <see cref="DisclosedFile.At"/>.</summary>
    public IReadOnlyList<DisclosedFile> Files { get; init; } = [];
}

/// <summary>A file of a step.</summary>
/// <param name="Artifact">Its reference: <c>artifact:</c> and its id.</param>
/// <param name="Made">Whether the agent made it; otherwise it was given to it.</param>
/// <param name="At">When it was first read, or made; null when it was never read.</param>
public sealed record DisclosedFile(string Artifact, bool Made, DateTimeOffset? At);
