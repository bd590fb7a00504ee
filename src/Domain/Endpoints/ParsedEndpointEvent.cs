using System.Text.Json;
using System.Text.RegularExpressions;

namespace Orkestron.Domain.Endpoints;

/// <summary>An event of an endpoint, parsed and bounded: exactly one of progress, text, output and failure.</summary>
/// <param name="Percent">Progress, 0 to 100.</param>
/// <param name="Message">Progress in words.</param>
/// <param name="Text">More partial output.</param>
/// <param name="Output">The answer, compact; not yet checked against a schema.</param>
/// <param name="Failure">Why there is none.</param>
public sealed partial record ParsedEndpointEvent(
    double? Percent, string? Message, string? Text, Payload? Output, StepFailure? Failure)
{
    private const int MaxProgress = 300;

    /// <summary>Whether the step has ended with this.</summary>
    public bool Ends => Output is not null || Failure is not null;

    /// <summary>Reads an event; null with the reason when it is none.</summary>
    /// <param name="type">What kind it is; null when the event itself says it.</param>
    /// <param name="json">The event.</param>
    /// <param name="maxRetryAfter">The longest wait it may ask for.</param>
    public static (ParsedEndpointEvent? Event, string? Fault) Read(string? type, JsonElement json, TimeSpan maxRetryAfter)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return (null, "An event is a JSON object with a type.");
        }

        return (type ?? TextOf(json, "type")) switch
        {
            "progress" => (new ParsedEndpointEvent(Number(json, "percent"), Line(TextOf(json, "message")), null, null, null), null),
            "partial" when TextOf(json, "text") is { } text => (new ParsedEndpointEvent(null, null, text, null, null), null),
            "partial" => (null, "A partial event has a text."),
            "result" when json.TryGetProperty("output", out var output) =>
                (new ParsedEndpointEvent(null, null, null, Compact(output), null), null),
            "result" => (null, "A result event has an output."),
            "error" => (new ParsedEndpointEvent(null, null, null, null, Failed(json, maxRetryAfter)), null),
            _ => (null, "An event's type is progress, partial, result or error."),
        };
    }

    /// <summary>Whether an event is of a type that this build does not know: it is passed over, and the stream goes on.</summary>
    public static bool IsUnknown(string? type) => type is not (null or "progress" or "partial" or "result" or "error");

    /// <summary>The type that an event names; null when it names none.</summary>
    public static string? TypeOf(JsonElement json) => json.ValueKind == JsonValueKind.Object ? TextOf(json, "type") : null;

    /// <summary>JSON without white space.</summary>
    public static Payload Compact(JsonElement json)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(
            buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteTo(writer);
        }

        return new Payload(buffer.WrittenSpan.ToArray());
    }

    private static StepFailure Failed(JsonElement json, TimeSpan maxRetryAfter)
    {
        var refused = Flag(json, "refused");
        return new StepFailure(
            TextOf(json, "code") is { } code && Code().IsMatch(code)
                && !code.StartsWith(EndpointFaults.Prefix, StringComparison.Ordinal)
                ? code
                : "agent_failed",
            TextOf(json, "message") is { } message && !string.IsNullOrWhiteSpace(message)
                ? StepFailure.Cut(message)
                : "The agent failed and did not say why.",
            Flag(json, "retryable") && !refused,
            refused,
            Number(json, "retryAfterSeconds") is { } seconds and >= 0
                ? TimeSpan.FromSeconds(Math.Min(seconds, maxRetryAfter.TotalSeconds))
                : null);
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : null;

    private static bool Flag(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? Line(string? text) => text is { Length: > MaxProgress } ? text[..MaxProgress] : text;

    [GeneratedRegex("^[a-z][a-z0-9_]{0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
