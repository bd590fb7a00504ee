using System.Text.Json;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Shared.Forms;
using Orkestron.Web.Shared.Text;

namespace Orkestron.Web.Features.Tasks.Details;

/// <summary>A task's update as a sentence. Pure.</summary>
internal static class EventText
{
    public static string Of(TaskUpdate update)
    {
        var data = FormJson.TryParse(update.Data.ToString(), out var read, out _) ? read : default;
        var step = $"Step {update.StepId}";
        return update.Type switch
        {
            "task.submitted" => $"Submitted to {Text(data, "agent")} {Text(data, "version")}; {Tokens(data, "heldMicro")} tokens on hold",
            "task.completed" => "Finished",
            "task.failed" => $"Failed: {Text(data, "message")}",
            "task.rejected" => $"The agent refused the input: {Text(data, "message")}",
            "task.canceled" when Text(data, "message") is { Length: > 0 } told => told,
            "task.canceled" => "Stopped by its owner",
            "task.undoing" => $"Undoing what was done: {Text(data, "message")}",
            "step.undoing" => $"{step} undoes what it had done",
            "task.settled" => $"{Tokens(data, "chargedMicro")} tokens paid, {Tokens(data, "refundedMicro")} came back",
            "task.shared" => "Share link made",
            "task.unshared" => "Share link withdrawn",
            "step.requested" => $"{step}: {Text(data, "agent")} asked, {Tokens(data, "priceMicro")} tokens if it finishes",
            "task.continues" when SchemaReader.Member(data, "fromStep") is { ValueKind: JsonValueKind.Number } from && from.GetInt32() > 1 =>
                $"Goes on from step {from.GetInt32()} of an earlier run",
            "task.continues" => "Runs the input of an earlier run again",
            "step.reused" => $"{step} reuses the recorded answer; nothing is paid",
            "step.started" => SchemaReader.Integer(data, "attempt") is > 1 and var next ? $"Attempt {next} started (step {update.StepId})" : $"{step} started",
            "step.lost" => $"{Lost(data)}, not charged (step {update.StepId})",
            "step.completed" => $"{step} finished{Took(data)}{Attempt(data)}, {Tokens(data, "costMicro")} tokens",
            "step.failed" => $"{step} failed{Attempt(data)}: {Text(data, "message")}{Again(data)}",
            "step.canceled" => $"{step} stopped: it is not needed any more",
            "step.waits" => $"{step} waits until",
            "step.asked" => $"{step} asks you",
            "step.answered" => $"You answered step {update.StepId}",
            "step.kept" => $"{step} saved a checkpoint",
            "step.reserved" => $"{step} set tokens aside to undo what comes next",
            "step.suspended" => $"{step} is paused while it waits",
            "step.withdrawn" => $"{step} dropped one of its branches",
            "step.trimmed" when Text(data, "questionId").Length > 0 => $"Left out of your answer to step {update.StepId}, because the question's schema does not declare it: {Names(data)}",
            "step.trimmed" => $"{step} does not get what its agent's schema does not declare: {Names(data)}",
            "step.wrote" => $"What attempt {SchemaReader.Integer(data, "attempt") ?? 1} had written is kept (step {update.StepId})",
            "step.opened" => $"{step} is given a file to read",
            "step.made" => $"{step} made a file",
            "step.sent" => $"{step} sent '{Text(data, "messageType")}' to {Text(data, "to")}",
            "step.listens" => $"{step} waits for a message",
            "step.received" => $"{step} took message {Text(data, "messageId")}",
            _ => update.Type,
        };
    }

    /// <summary>The time that the sentence ends with; null for none.</summary>
    public static DateTimeOffset? Until(TaskUpdate update) =>
        update.Type == "step.waits" && FormJson.TryParse(update.Data.ToString(), out var data, out _)
        && DateTimeOffset.TryParse(Text(data, "until"), out var at) ? at : null;

    /// <summary>good, bad, busy or off.</summary>
    public static string Tone(TaskUpdate update) => update.Type switch
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
        var what = Text(data, "reason") == StepLosses.HandedBack ? "Worker gave the work back" : "Worker lost";
        return Time(data) is { } took ? $"{what}, attempt {attempt} ended after {Format.Duration(took)}" : $"{what}, attempt {attempt} ended";
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

    private static string Again(JsonElement data) => Text(data, "retryAt").Length > 0 ? " It is tried again." : "";
}
