using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using Orkestron.Domain.Endpoints;

namespace Orkestron.Silo.Endpoints;

/// <summary>Reads the events of a streamed response: NDJSON or server-sent events.</summary>
internal static class AnswerStream
{
    public const string Lines = "application/x-ndjson";
    public const string Events = "text/event-stream";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <exception cref="EndpointFault">The stream is malformed, too large or too slow.</exception>
    public static IAsyncEnumerable<ParsedEndpointEvent> ReadAsync(
        Stream body, string contentType, TimeSpan maxRetryAfter, CancellationToken cancellationToken) =>
        contentType == Events
            ? EventsAsync(body, maxRetryAfter, cancellationToken)
            : LinesAsync(body, maxRetryAfter, cancellationToken);

    private static async IAsyncEnumerable<ParsedEndpointEvent> LinesAsync(
        Stream body, TimeSpan maxRetryAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(body, Strict);
        while (await LineAsync(reader, cancellationToken) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line) && Read(null, Encoding.UTF8.GetBytes(line), maxRetryAfter) is { } told)
            {
                yield return told;
            }
        }
    }

    private static async Task<string?> LineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            throw Garbage("The endpoint's stream is not UTF-8.");
        }
    }

    private static async IAsyncEnumerable<ParsedEndpointEvent> EventsAsync(
        Stream body, TimeSpan maxRetryAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parser = SseParser.Create(body, static (_, data) => data.ToArray());
        await foreach (var item in parser.EnumerateAsync(cancellationToken))
        {
            // Unnamed events have the type 'message': then the data contains the type.
            var type = item.EventType == SseParser.EventTypeDefault ? null : item.EventType;
            if (Read(type, item.Data, maxRetryAfter) is { } told)
            {
                yield return told;
            }
        }
    }

    /// <summary>The event; null for an unknown type, which is ignored.</summary>
    private static ParsedEndpointEvent? Read(string? type, byte[] utf8, TimeSpan maxRetryAfter)
    {
        if (ParsedEndpointEvent.IsUnknown(type))
        {
            return null;
        }

        if (!UntrustedJson.TryParse(utf8, out var json, out var wrong))
        {
            throw Garbage($"What the endpoint streamed {wrong.TrimEnd('.')}.");
        }

        if (type is null && ParsedEndpointEvent.IsUnknown(ParsedEndpointEvent.TypeOf(json.Value)))
        {
            return null;
        }

        var (told, fault) = ParsedEndpointEvent.Read(type, json.Value, maxRetryAfter);
        return told ?? throw Garbage(fault!);
    }

    private static EndpointFault Garbage(string message) => new("endpoint_garbage", message, true);
}
