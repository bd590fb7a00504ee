namespace Orkestron.Domain.Tasks;

/// <summary>Hands a task to an agent.</summary>
/// <param name="UserId">Who pays and owns it.</param>
/// <param name="Agent">Provider and name, for instance <c>orkestron/summariser</c>.</param>
/// <param name="Input">Valid against the agent's input schema.</param>
/// <param name="BudgetMicro">At most this is held, in micro-tokens; null for the agent's price and call budget.</param>
/// <param name="Deadline">When the task fails if it has not ended; null for the default.</param>
[GenerateSerializer, Immutable, Alias("orkestron.submit-task")]
public sealed record SubmitTask(
    [property: Id(0)] Guid UserId,
    [property: Id(1)] string Agent,
    [property: Id(2)] Payload Input,
    [property: Id(3)] long? BudgetMicro,
    [property: Id(4)] DateTimeOffset? Deadline)
{
    /// <summary>
    /// The step of an earlier task of the same user, agent and input to go on from: what that task recorded before it is
    /// taken over, neither run nor paid again. The root step takes nothing over. Null for a task of its own.
    /// </summary>
    [Id(5)]
    public StepRef? RetryFrom { get; init; }

    /// <summary>A version of the agent by name, for its provider to try it; null for what the agent's rollout gives.</summary>
    [Id(6)]
    public string? Version { get; init; }

    /// <summary>
    /// What the user was told that the run costs, in micro-tokens: a dearer one is refused. Null when nothing was said.
    /// </summary>
    [Id(7)]
    public long? AgreedPriceMicro { get; init; }

    /// <summary>What the user was told that is held, in micro-tokens: more is refused. Null when nothing was said.</summary>
    [Id(8)]
    public long? AgreedHoldMicro { get; init; }

    /// <summary>Instead of a deadline: how long the task may take from now on. Null for none.</summary>
    [Id(9)]
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>What else the submitter asks for; null for nothing.</summary>
    [Id(10)]
    public TaskTerms? Terms { get; init; }
}

/// <summary>Asks for a task to end now.</summary>
/// <param name="UserId">The owner.</param>
[GenerateSerializer, Immutable, Alias("orkestron.cancel-task")]
public sealed record CancelTask([property: Id(0)] Guid UserId);

/// <summary>Makes a link through which anyone may read the task.</summary>
/// <param name="UserId">The owner.</param>
/// <param name="Secret">At least 128 random bits, base64url; only its hash is kept.</param>
/// <param name="ExpiresAt">When the link ends.</param>
[GenerateSerializer, Immutable, Alias("orkestron.share-task")]
public sealed record ShareTask(
    [property: Id(0)] Guid UserId, [property: Id(1)] string Secret, [property: Id(2)] DateTimeOffset ExpiresAt);
