namespace Orkestron.Domain.Tasks;

/// <summary>
/// What a submitter asks for beside input, money and time. The same record is in the command, in the stored event and in the
/// view: a further field is added here, with a new <c>Id</c>, and is null where nothing was asked for.
/// </summary>
[GenerateSerializer, Immutable, Alias("orkestron.task-terms")]
public sealed record TaskTerms
{
    /// <summary>How often each step is tried at most, from 1; null for the platform's limit.</summary>
    [Id(0)]
    public int? MaxAttempts { get; init; }

    /// <summary>The terms, or null when they ask for nothing.</summary>
    public TaskTerms? OrNull() => this == new TaskTerms() ? null : this;
}
