using System.Text.Json;
using Orkestron.Domain.Schemas;
using Orkestron.Schemas.Numbers;

namespace Orkestron.Domain.Tasks;

/// <summary>What of the owner's answer to a question is taken. Pure.</summary>
internal static class AnswerRules
{
    /// <summary>The events of an answer, none when it was given before; or why it is not taken.</summary>
    public static (IReadOnlyList<TaskEvent> Facts, Refusal? Refusal) Decide(
        TaskRecord task, AnswerQuestion command, TaskOptions options)
    {
        var open = task.Steps.Sum(static step => step.Ended ? 0 : step.History.Values.Count(static entry => entry.Asks));
        if (command.QuestionId is null && open > 1)
        {
            return No(
                RefusalCode.Conflict,
                $"{(open == 2 ? "Two" : open)} questions are open: name one by its questionId. GET the task: its questions have their ids.");
        }

        if (Find(task, command.QuestionId) is not var (step, key, entry))
        {
            return No(RefusalCode.NotFound, "No such question is open. GET the task: its questions have their ids.");
        }

        if (entry.Canceled)
        {
            return No(RefusalCode.NotFound, "The question is not asked any more: the agent went on without it.");
        }

        var tooLong = command.Answer.Length > options.MaxMarkBytes;
        var schema = Question.View(step.Id, key, entry)!.Schema;
        if (!entry.Open)
        {
            return !tooLong && IsSame(schema, entry.Answer, command.Answer)
                ? ([], null)
                : No(RefusalCode.Conflict, "The question was answered otherwise.");
        }

        if (task.Ended)
        {
            return No(RefusalCode.TaskEnded, $"The task has ended: it is {task.State.Word()}.");
        }

        if (tooLong)
        {
            return No(RefusalCode.TooLarge, $"An answer has at most {options.MaxMarkBytes:N0} bytes.");
        }

        if (TaskBytes.Refuse(task, command.Answer.Length, options) is { } full)
        {
            return No(RefusalCode.TooLarge, full.Message);
        }

        var given = Check(schema, command.Answer);
        return given.Errors.IsEmpty
            ? (Facts(step.Id, key, given), null)
            : ([], new Refusal(RefusalCode.InputInvalid, $"The answer does not fit the question's schema: {given.Sentence}")
            {
                Errors = given.Errors,
            });
    }

    /// <summary>The question with an id, or the only one that is open.</summary>
    private static (StepRecord Step, string Key, HistoryEntry Entry)? Find(TaskRecord task, string? id)
    {
        var questions = task.Steps.SelectMany(static step => step.History
            .Where(static each => each.Value is { Kind: HistoryKind.Question, Content: not null })
            .Select(each => (step, each.Key, each.Value)));
        var found = id is null
            ? questions.Where(static each => each.Value.Open).Take(2).ToArray()
            : questions.Where(each => Question.IdOf(each.step.Id, each.Key) == id).ToArray();
        return found.Length == 1 ? found[0] : null;
    }

    private static (IReadOnlyList<TaskEvent> Facts, Refusal? Refusal) No(RefusalCode code, string detail) =>
        ([], Refuse.With(code, detail));

    /// <summary>The answer as the agent gets it: without what the question's schema does not declare, and what is wrong with it.</summary>
    public static CheckedValue Check(Payload schema, Payload answer) => SchemaCheck.Declared(schema, answer);

    /// <summary>The facts of an answer that was taken.</summary>
    public static TaskEvent[] Facts(int stepId, string key, CheckedValue answer) =>
        [new StepAnswered(stepId, key) { Content = answer.Value }, .. StepTrimmed.Of(stepId, answer, key)];

    /// <summary>Whether an answer that arrives again is the one that was taken, with or without what was left out of it.</summary>
    /// <param name="schema">The question's.</param>
    /// <param name="recorded">What was taken; null when it was erased.</param>
    /// <param name="answer">What arrives.</param>
    public static bool IsSame(Payload schema, Payload? recorded, Payload answer) =>
        recorded is not null && (answer.SameAs(recorded) || Equal(Check(schema, answer), recorded));

    // What was left out was written anew: blanks between the members say nothing.
    private static bool Equal(CheckedValue answer, Payload recorded)
    {
        if (!answer.Errors.IsEmpty)
        {
            return false;
        }

        using var given = JsonDocument.Parse(answer.Value.Utf8);
        using var taken = JsonDocument.Parse(recorded.Utf8);
        return JsonEquality.Instance.Equals(given.RootElement, taken.RootElement);
    }
}
