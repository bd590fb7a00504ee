namespace Orkestron.Domain.Tasks;

/// <summary>What a step, or a whole task, waits for while nobody works on it. Partly transient.</summary>
/// <param name="Kind">One of <see cref="WaitKinds"/>.</param>
/// <param name="StepId">The step that waits.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">When it goes on by itself; null when that is not known.</param>
/// <param name="LastSeenAt">Of a provider: when a process of it was connected last; null for never.</param>
[GenerateSerializer, Immutable, Alias("orkestron.wait-view")]
public sealed record WaitView(
    [property: Id(0)] string Kind,
    [property: Id(1)] int StepId,
    [property: Id(2)] DateTimeOffset Since,
    [property: Id(3)] DateTimeOffset? Until = null,
    [property: Id(4)] DateTimeOffset? LastSeenAt = null);

/// <summary>What a step may wait for, in the words of the wire.</summary>
public static class WaitKinds
{
    /// <summary>No process of the agent's provider is connected.</summary>
    public const string Provider = "provider";

    /// <summary>Other steps are before it with its agent.</summary>
    public const string Queue = "queue";

    /// <summary>The owner's answer.</summary>
    public const string Answer = "answer";

    /// <summary>A time.</summary>
    public const string Timer = "timer";

    /// <summary>The pause before it is tried again.</summary>
    public const string Retry = "retry";

    /// <summary>A message of another step.</summary>
    public const string Message = "message";
}
