using System.Text.Json;

namespace Orkestron.Domain.Tasks;

/// <summary>Failures of the platform's own, and how texts of strangers are shown in them.</summary>
internal static class StepFailures
{
    public const string DeadlineCode = "deadline_passed";
    public const string CanceledCode = "task_canceled";

    /// <summary>Nothing is done for a step that has ended, nor for an attempt after which another one began.</summary>
    public static StepFailure StepEnded { get; } = Of(CanceledCode, "The step has ended, or another attempt of it runs.");

    /// <summary>A failure that is not tried again.</summary>
    public static StepFailure Of(string code, string message) => new(code, message, false, false, null);

    /// <summary>A text as it is shown in a sentence: at most 100 characters.</summary>
    public static string Short(string text) => text.Length <= 100 ? text : text[..100];

    /// <summary>A text as a JSON string.</summary>
    public static Payload Text(string text) => new(JsonSerializer.SerializeToUtf8Bytes(text));
}
