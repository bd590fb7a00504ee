using System.Collections.Frozen;
using System.Text.Json;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Shared.Forms;
using Orkestron.Web.Shared.Text;

namespace Orkestron.Web.Features.Tasks.Details;

/// <summary>Describes a task's update in a sentence. Pure.</summary>
internal static class EventText
{
    /// <summary>
    /// The updates that change nothing on a task's page but its timeline, with their sentences, in which <c>{step}</c> is replaced by
    /// the number of the step. The script of the page makes the rows of these updates itself.
    /// </summary>
    public static FrozenDictionary<string, string> TimelineOnly { get; } = new Dictionary<string, string>
    {
        ["step.kept"] = "Step {step} recorded a side effect",
        ["step.reserved"] = "Step {step} reserved tokens to undo its next call",
        ["task.shared"] = "A share link was made",
        ["task.unshared"] = "The share link was withdrawn",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Of(TaskUpdate update)
    {
        if (TimelineOnly.TryGetValue(update.Type, out var sentence))
        {
            return sentence.Replace("{step}", $"{update.StepId}", StringComparison.Ordinal);
        }

        var data = FormJson.TryParse(update.Data.ToString(), out var read, out _) ? read : default;
        return update.Type.StartsWith("task.", StringComparison.Ordinal) ? OfTask(update, data) : OfStep(update, data);
    }

    private static string OfTask(TaskUpdate update, JsonElement data) => update.Type switch
    {
        "task.submitted" => $"Submitted to {Text(data, "agent")} {Text(data, "version")}; {Tokens(data, "heldMicro")} tokens on hold",
        "task.continues" when SchemaReader.Integer(data, "fromStep") is > 1 and var from => $"Continues an earlier run from step {from}",
        "task.continues" => "Runs the input of an earlier run again",
        "task.completed" => "Finished",
        "task.failed" => $"Failed: {Text(data, "message")}",
        "task.rejected" => $"The agent refused the input: {Text(data, "message")}",
        "task.canceled" when Text(data, "message") is { Length: > 0 } message => message,
        "task.canceled" => "Stopped by its owner",
        "task.undoing" => $"Undoing completed work: {Text(data, "message")}",
        "task.settled" => $"{Tokens(data, "chargedMicro")} tokens paid, {Tokens(data, "refundedMicro")} returned",
        _ => update.Type,
    };

    private static string OfStep(TaskUpdate update, JsonElement data)
    {
        var step = $"Step {update.StepId}";
        return update.Type switch
        {
            "step.requested" => $"{step}: {Text(data, "agent")} called; {Tokens(data, "priceMicro")} tokens if it finishes",
            "step.reused" => $"{step} reuses its recorded output; nothing is paid",
            "step.started" =>
                SchemaReader.Integer(data, "attempt") is > 1 and var next ? $"{step}: attempt {next} started" : $"{step} started",
            "step.lost" => $"{step}: {Lost(data)}; not charged",
            "step.completed" => $"{step} finished{Took(data)}{Attempt(data)}, {Tokens(data, "costMicro")} tokens",
            "step.failed" => $"{step} failed{Attempt(data)}: {Text(data, "message")}{Again(data)}",
            "step.canceled" => $"{step} stopped; it is no longer needed",
            "step.undoing" => $"{step} is undoing its work",
            "step.waits" => $"{step} waits until",
            "step.asked" => $"{step} asks you a question",
            "step.answered" => $"You answered step {update.StepId}",
            "step.suspended" => $"{step} is suspended while it waits",
            "step.withdrawn" => $"{step} canceled one of its branches",
            "step.trimmed" when Text(data, "questionId").Length > 0 =>
                $"Dropped from your answer to step {update.StepId}, because the question's schema does not declare it: {Names(data)}",
            "step.trimmed" => $"{step} does not receive what its agent's schema does not declare: {Names(data)}",
            "step.wrote" => $"{step}: the output of attempt {SchemaReader.Integer(data, "attempt") ?? 1} is kept",
            "step.opened" => $"{step} was given access to a file",
            "step.made" => $"{step} made a file",
            "step.sent" => $"{step} sent '{Text(data, "messageType")}' to {Text(data, "to")}",
            "step.listens" => $"{step} waits for a message",
            "step.received" => $"{step} received message {Text(data, "messageId")}",
            _ => update.Type,
        };
    }

    /// <summary>The time to append to the sentence; null for none.</summary>
    public static DateTimeOffset? Until(TaskUpdate update) =>
        update.Type == "step.waits" && FormJson.TryParse(update.Data.ToString(), out var data, out _)
        && DateTimeOffset.TryParse(Text(data, "until"), out var at) ? at : null;

    /// <summary>The colour of an update: <c>good</c>, <c>bad</c>, <c>busy</c> or <c>off</c>.</summary>
    public static string Tone(string type) => type switch
    {
        "task.completed" or "step.completed" or "task.settled" => "good",
        "task.failed" or "task.rejected" or "step.failed" or "step.lost" => "bad",
        "task.canceled" or "task.unshared" or "step.reused" or "step.canceled" or "step.suspended" or "step.withdrawn" => "off",
        _ => "busy",
    };

    private static string Text(JsonElement data, string name) => SchemaReader.Text(data, name) ?? "";

    private static string Tokens(JsonElement data, string name) =>
        SchemaReader.Member(data, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var micro)
            ? Format.Tokens(micro)
            : "0";

    private static string Attempt(JsonElement data) =>
        SchemaReader.Integer(data, "attempt") is > 1 and var attempt ? $" (attempt {attempt})" : "";

    private static string Lost(JsonElement data)
    {
        var attempt = SchemaReader.Integer(data, "attempt") ?? 1;
        var why = Text(data, "reason") == StepLosses.HandedBack ? "its worker handed it back" : "its worker was lost";
        return $"attempt {attempt} ended{(Time(data) is { } took ? $" after {Format.Duration(took)}" : "")} because {why}";
    }

    private static string Took(JsonElement data) => Time(data) is { } took ? $" in {Format.Duration(took)}" : "";

    private static TimeSpan? Time(JsonElement data) =>
        DateTimeOffset.TryParse(Text(data, "startedAt"), out var from) && DateTimeOffset.TryParse(Text(data, "endedAt"), out var to)
            ? to - from
            : null;

    private static string Names(JsonElement data) =>
        SchemaReader.Member(data, "droppedMembers") is { ValueKind: JsonValueKind.Array } paths
            ? string.Join(", ", paths.EnumerateArray().Select(static path => path.GetString()))
            : "";

    private static string Again(JsonElement data) => Text(data, "retryAt").Length > 0 ? " It will be tried again." : "";
}
