using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>What an agent may have recorded beside calls of agents.</summary>
[GenerateSerializer, Alias("orkestron.mark-kind")]
public enum HistoryKind
{
    /// <summary>A wait.</summary>
    Timer = 0,

    /// <summary>A question to the task's owner.</summary>
    Question = 1,

    /// <summary>A value.</summary>
    Value = 2,

    /// <summary>The taking of a message.</summary>
    Message = 3,

    /// <summary>A message sent.</summary>
    Sent = 4,

    /// <summary>Money kept free to undo what follows.</summary>
    Reservation = 5,
}

/// <summary>Asks for something to be recorded once under a key.</summary>
/// <param name="StepId">The step whose agent asks.</param>
/// <param name="Key">The place in the agent's code: numbers and dots, at most 200 characters.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Delay">How long to wait, for a timer.</param>
/// <param name="Content">The value, or the question as <c>{prompt, schema, subject}</c>; null to look only.</param>
[GenerateSerializer, Immutable, Alias("orkestron.mark-request")]
public sealed record HistoryRequest(
    [property: Id(0)] int StepId,
    [property: Id(1)] string Key,
    [property: Id(2)] HistoryKind Kind,
    [property: Id(3)] TimeSpan? Delay,
    [property: Id(4)] Payload? Content)
{
    /// <summary>Only while this attempt runs; null for whichever does.</summary>
    [Id(5)]
    public int? Attempt { get; init; }
}

/// <summary>A value that a run had recorded for itself before the task recorded it.</summary>
/// <param name="Key">The place in the agent's code: numbers and dots, at most 200 characters.</param>
/// <param name="Value">The value.</param>
/// <param name="At">When the run recorded it.</param>
[GenerateSerializer, Immutable, Alias("orkestron.run-value")]
public sealed record RunValue(
    [property: Id(0)] string Key, [property: Id(1)] Payload Value, [property: Id(2)] DateTimeOffset At);

/// <summary>Values of a run, to be recorded once each, in order.</summary>
/// <param name="StepId">The step whose agent recorded them.</param>
/// <param name="Attempt">Only while this attempt runs.</param>
/// <param name="Values">The values.</param>
[GenerateSerializer, Immutable, Alias("orkestron.record-values")]
public sealed record RecordValues(
    [property: Id(0)] int StepId, [property: Id(1)] int Attempt, [property: Id(2)] ImmutableArray<RunValue> Values);

/// <summary>What came of values.</summary>
/// <param name="Taken">How many are recorded, from the first on.</param>
/// <param name="Failure">Why the next one is not; null when all are.</param>
[GenerateSerializer, Immutable, Alias("orkestron.recorded-values")]
public sealed record RecordedValues([property: Id(0)] int Taken, [property: Id(1)] StepFailure? Failure);

/// <summary>CancelsScope what a step asked for under a prefix of places.</summary>
/// <param name="StepId">The step whose agent asks.</param>
/// <param name="KeyPrefix">The beginning of the places, at most 200 characters.</param>
/// <param name="Attempt">Only while this attempt runs.</param>
[GenerateSerializer, Immutable, Alias("orkestron.withdraw-places")]
public sealed record CancelScope(
    [property: Id(0)] int StepId, [property: Id(1)] string KeyPrefix, [property: Id(2)] int Attempt);

/// <summary>What is recorded under the key.</summary>
/// <param name="At">When the value or answer was recorded, or the wait ends; null when there is none yet.</param>
/// <param name="Value">The value or the answer.</param>
/// <param name="Failure">Why nothing was recorded; null when it was.</param>
[GenerateSerializer, Immutable, Alias("orkestron.mark-result")]
public sealed record HistoryResult(
    [property: Id(0)] DateTimeOffset? At,
    [property: Id(1)] Payload? Value,
    [property: Id(2)] StepFailure? Failure)
{
    /// <summary>What an entry says to the step that recorded it.</summary>
    internal static HistoryResult Of(HistoryEntry? entry) => entry switch
    {
        null => new(null, null, null),
        { Kind: HistoryKind.Timer } wait => new(wait.Until, null, null),
        { Kind: HistoryKind.Question } question => new(question.AnsweredAt, question.Answer, null),
        var value => new(value.At, value.Content, null),
    };
}

/// <summary>The owner's answer to a question.</summary>
/// <param name="UserId">The owner.</param>
/// <param name="QuestionId">The question, as the task shows it; null when only one is open.</param>
/// <param name="Answer">Valid against the question's schema.</param>
[GenerateSerializer, Immutable, Alias("orkestron.answer-question")]
public sealed record AnswerQuestion(
    [property: Id(0)] Guid UserId, [property: Id(1)] string? QuestionId, [property: Id(2)] Payload Answer);

/// <summary>An open question of a task.</summary>
/// <param name="Id">Step and key, for instance <c>1:0</c>.</param>
/// <param name="StepId">The step whose agent asks.</param>
/// <param name="Prompt">What to decide. Hostile text.</param>
/// <param name="Schema">JSON Schema of the answer.</param>
/// <param name="Subject">What it is about, or null.</param>
/// <param name="AskedAt">When.</param>
[GenerateSerializer, Immutable, Alias("orkestron.question-view")]
public sealed record QuestionView(
    [property: Id(0)] string Id,
    [property: Id(1)] int StepId,
    [property: Id(2)] string Prompt,
    [property: Id(3)] Payload Schema,
    [property: Id(4)] Payload? Subject,
    [property: Id(5)] DateTimeOffset AskedAt)
{
    /// <summary>Until when it can be answered.</summary>
    [Id(6)]
    public DateTimeOffset? AnswerBy { get; init; }
}
