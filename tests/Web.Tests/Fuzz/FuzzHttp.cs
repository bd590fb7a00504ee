using System.Globalization;
using System.Text;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Tests.Fuzz;

/// <summary>Requests whose HTTP is wrong.</summary>
internal static class FuzzHttp
{
    private static readonly string[] ChunkSizes =
    [
        "FFFFFFFFFFFFFFFFF", "80000000", "7FFFFFFFF", "-1",
        "zz", "", "0x5",
    ];

    private static readonly string[] Lengths =
    [
        "-1", "99999999999999999999", "1e3", "0x10",
        "", "1, 2", "9223372036854775807",
    ];

    private static readonly string[] Targets =
    [
        "*", "http://other.example/api/v1/tasks", "api/v1/tasks", "/api/v1/\u00e9",
        "/api/v1/a b", "/%", "//api/v1/tasks", "/api/v1/../v1/tasks",
    ];

    private static readonly string[] Headers =
    [
        "X Y: v", ": v", "X: \0", "X: \u00e9", "X",
        "X: a\r b", "\tX: v", "Idempotency-Key: \u0080", "Last-Event-ID: \u00ff",
    ];

    /// <summary>A request as it goes over the wire, with one part of its HTTP changed.</summary>
    public static string Make(Random random, FuzzRequest request)
    {
        var body = Encoding.UTF8.GetString(request.Body ?? []);
        var length = Encoding.UTF8.GetByteCount(body);
        var line = $"{request.Method} {request.Target} HTTP/1.1";
        var framing = $"Content-Length: {length}";
        var more = "";
        switch (random.Next(16))
        {
            case 0:
                (framing, body) = (
                    "Transfer-Encoding: chunked",
                    $"{FuzzWords.Any(random, ChunkSizes)}\r\n{body}\r\n0\r\n\r\n");
                break;
            case 1:
                framing = $"Content-Length: {FuzzWords.Any(random, Lengths)}";
                break;
            case 2:
                framing += "\r\nContent-Length: 1";
                break;
            case 3:
                framing += "\r\nTransfer-Encoding: chunked";
                break;
            case 4:
                framing = $"Transfer-Encoding: {FuzzWords.Any(random, ["gzip", "gzip, chunked", "chunked, chunked", "x"])}";
                break;
            case 5:
                more = $"X-Large: {new string('v', random.Next(8_000, 60_000))}\r\n";
                break;
            case 6:
                more = string.Concat(
                    Enumerable.Range(0, 150).Select(static each => string.Create(CultureInfo.InvariantCulture, $"X-{each}: v\r\n")));
                break;
            case 7:
                line = $"{request.Method} {request.Target}{new string('a', random.Next(2_000, 12_000))} HTTP/1.1";
                break;
            case 8:
                line = $"{request.Method} {request.Target} {FuzzWords.Any(random, ["HTTP/1.0", "HTTP/2.0", "HTTP/9", "", "http/1.1"])}";
                break;
            case 9:
                line = $"{request.Method} {FuzzWords.Any(random, Targets)} HTTP/1.1";
                break;
            case 10:
                more = $"{FuzzWords.Any(random, Headers)}\r\n";
                break;
            case 11:
                // Never sent to its end: the server is hung up on.
                framing = string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length + 5}");
                break;
            case 12:
                more = $"Expect: {FuzzWords.Any(random, ["100-continue", "x"])}\r\n";
                break;
            case 13:
                more = $"Host: {FuzzWords.Any(random, ["other.example", "a b", ""])}\r\n";
                break;
            case 14:
                more = $"Upgrade: {FuzzWords.Any(random, ["websocket", "h2c", "x"])}\r\nConnection: Upgrade\r\n";
                break;
        }

        var headers = string.Concat(
            request.Headers.Where(
                static each => each.Name is not ("traceparent" or "TE")).Select(static each => $"{each.Name}: {each.Value}\r\n"));
        var type = request.ContentType is { } content ? $"Content-Type: {content}\r\n" : "";
        return $"{line}\r\nHost: localhost\r\nConnection: close\r\n{more}{headers}{type}{framing}\r\n\r\n{body}";
    }

    /// <summary>What is wrong with an answer; null when nothing is, or when the server hung up.</summary>
    public static string? Wrong(string request, string answer)
    {
        if (answer.Length == 0)
        {
            return null;
        }

        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var status = answer.Length > 12 && int.TryParse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture, out var code) ? code : 0;
        if (end < 0 || status is 0 or >= 500 and not 505)
        {
            return $"{status}: {answer[..Math.Min(answer.Length, 2_000)]}";
        }

        // What is no HTTP is refused by the server itself, before there is an address: without a body.
        return status < 400 || answer.Contains("Content-Length: 0\r\n", StringComparison.Ordinal)
            || !answer.Contains(Problems.ContentType, StringComparison.Ordinal)
            || answer.Contains("\"code\":", StringComparison.Ordinal) || request.StartsWith("HEAD", StringComparison.Ordinal)
                ? null
                : $"{status} without a code: {answer[..Math.Min(answer.Length, 2_000)]}";
    }
}
