using System.Text.Json;

namespace Orkestron.Domain.Tasks;

/// <summary>What is kept of the partial output of an attempt that gave no answer. Pure.</summary>
internal static class OutputRules
{
    /// <summary>The facts, and beside those of an attempt that was lost or failed what it had written.</summary>
    /// <param name="task">The task before the facts.</param>
    /// <param name="facts">Of one step.</param>
    /// <param name="pulse">What is known of its runs.</param>
    /// <param name="stepId">The step.</param>
    /// <param name="options">The limits.</param>
    public static IReadOnlyList<TaskEvent> Keep(
        TaskRecord task, IReadOnlyList<TaskEvent> facts, TaskLiveState pulse, int stepId, TaskOptions options) => facts.Count == 0
        ? facts
        : Keep(task, Keep(task, facts, pulse.Before(stepId), options), pulse.Of(stepId), options);

    private static IReadOnlyList<TaskEvent> Keep(
        TaskRecord task, IReadOnlyList<TaskEvent> facts, StepLiveState? run, TaskOptions options)
    {
        if (run is not { Length: > 0, StartedAt: { } began }
            || facts.FirstOrDefault(fact => IsOf(fact, run.Attempt, began)) is not { } ended || options.MaxKeptOutputBytes == 0
            || task.Steps.Sum(static step => step.Written.Length) + facts.Count(static fact => fact is StepWrote) >= options.MaxKeptOutputs)
        {
            return facts;
        }

        var text = run.Text;
        var wrote = (ended switch
        {
            StepLost lost => new StepWrote(lost.StepId, lost.Number ?? lost.Attempt, text.Length),
            StepFailed failed => new StepWrote(failed.StepId, failed.Number ?? failed.Attempt, text.Length),
            _ => throw new ArgumentOutOfRangeException(nameof(facts), ended, "Not the end of an attempt without an answer."),
        }) with
        { Content = new Payload(JsonSerializer.SerializeToUtf8Bytes(Head(text, options.MaxKeptOutputBytes))) };
        return [.. facts.SelectMany(fact => fact == ended ? [fact, wrote] : new[] { fact })];
    }

    // The next run of a lost one began when that ended, or later.
    private static bool IsOf(TaskEvent fact, int attempt, DateTimeOffset began) => fact switch
    {
        StepLost lost => lost.Attempt == attempt && (began < lost.EndedAt || began == lost.StartedAt),
        StepFailed failed => failed.Attempt == attempt,
        _ => false,
    };

    /// <summary>The beginning of a text, so many bytes at most, no character parted.</summary>
    private static string Head(string text, int bytes)
    {
        var (used, characters) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if ((used += rune.Utf8SequenceLength) > bytes)
            {
                return text[..characters];
            }

            characters += rune.Utf16SequenceLength;
        }

        return text;
    }
}
