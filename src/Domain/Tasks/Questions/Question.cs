using System.Text.Json;
using Orkestron.Contracts.Common;
using Orkestron.Domain.Schemas;

namespace Orkestron.Domain.Tasks;

/// <summary>A question as agents write it: <c>{prompt, schema, subject?}</c>.</summary>
internal static class Question
{
    private const int MaxPrompt = 2_000;

    /// <summary>What is wrong with a question, or null.</summary>
    public static string? Fault(Payload? content)
    {
        if (content is null || Read(content) is not { } question)
        {
            return "A question is an object with a prompt and the schema of its answer.";
        }

        return question.Prompt.Length is 0 or > MaxPrompt
            ? $"A question's prompt has 1 to {MaxPrompt:N0} characters."
            : SchemaCheck.Fault(question.Schema);
    }

    public static QuestionView? View(int stepId, string key, HistoryEntry entry) =>
        entry.Content is { } content && Read(content) is { } read
            ? new QuestionView(IdOf(stepId, key), stepId, read.Prompt, read.Schema, read.Subject, entry.At)
            : null;

    public static string IdOf(int stepId, string key) => $"{stepId}:{key}";

    private static (string Prompt, Payload Schema, Payload? Subject)? Read(Payload content)
    {
        if (JsonForm.Fault(content.Utf8) is not null)
        {
            return null;
        }

        using var json = JsonDocument.Parse(content.Utf8);
        var root = json.RootElement;
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("prompt", out var prompt) || prompt.ValueKind != JsonValueKind.String
            || !root.TryGetProperty("schema", out var schema) || schema.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var subject = root.TryGetProperty("subject", out var given) && given.ValueKind != JsonValueKind.Null
            ? Payload.Of(given.GetRawText())
            : null;
        return (prompt.GetString()!, Payload.Of(schema.GetRawText()), subject);
    }
}
