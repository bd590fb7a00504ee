using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Common;

/// <summary>Limits the schema states, held again here: an agent is also called without a schema check.</summary>
internal static class Check
{
    public static string Text(string? value, string field, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new AgentRefusedException($"`{field}` is empty: give some text.") { Code = "empty_input" };
        }

        if (BinaryText.Of(value) is { } kind)
        {
            throw new AgentRefusedException($"`{field}` is {kind}, not text. Give the text itself.") { Code = "not_text" };
        }

        return value.Length <= maxLength
            ? value
            : throw new AgentRefusedException(
                $"`{field}` has {value.Length} characters; at most {maxLength} are allowed. Split or shorten it.")
            {
                Code = "input_too_large",
            };
    }

    public static int Between(int value, string field, int min, int max) =>
        value >= min && value <= max
            ? value
            : throw new AgentRefusedException($"`{field}` must be between {min} and {max}.") { Code = "invalid_input" };
}
