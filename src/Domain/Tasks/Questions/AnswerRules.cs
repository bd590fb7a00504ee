using System.Text.Json;
using Orkestron.Domain.Schemas;
using Orkestron.Schemas.Numbers;

namespace Orkestron.Domain.Tasks;

/// <summary>What of the owner's answer to a question is taken. Pure.</summary>
internal static class AnswerRules
{
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
