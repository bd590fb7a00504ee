using System.Text.Json;

namespace Orkestron.Contracts.Agents;

/// <summary>A question to the task's owner.</summary>
/// <param name="Prompt">What to decide, at most 2,000 characters.</param>
/// <param name="Schema">JSON Schema of the answer.</param>
/// <param name="Subject">What it is about: shown with the question, and the answer's first value; null for nothing.</param>
public sealed record UserQuestion(string Prompt, JsonElement Schema, JsonElement? Subject = null)
{
    /// <summary>As it is recorded: <c>{prompt, schema, subject}</c>.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new { prompt = Prompt, schema = Schema, subject = Subject });
}
