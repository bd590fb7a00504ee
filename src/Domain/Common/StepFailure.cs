using System.Collections.Immutable;

namespace Orkestron.Domain;

/// <summary>Why an attempt gave no answer.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Message">For the task's owner; personal content, hostile, at most 2,000 characters.</param>
/// <param name="Retryable">Whether another attempt may succeed.</param>
/// <param name="Refused">Whether the agent refused the input.</param>
/// <param name="RetryAfter">How long to wait; null for the platform's backoff.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-failure")]
public sealed record StepFailure(
    [property: Id(0)] string Code,
    [property: Id(1)] string Message,
    [property: Id(2)] bool Retryable,
    [property: Id(3)] bool Refused,
    [property: Id(4)] TimeSpan? RetryAfter)
{
    /// <summary>The longest message, in characters.</summary>
    public const int MaxMessage = 2_000;

    /// <summary>A message within the limit.</summary>
    public static string Cut(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Length <= MaxMessage ? message : message[..MaxMessage];
    }
}
