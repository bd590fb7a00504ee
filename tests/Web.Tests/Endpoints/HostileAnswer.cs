using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Orkestron.Web.Tests.Endpoints;

/// <summary>Answers that no endpoint should give.</summary>
internal static class HostileAnswer
{
    private const string Json = "application/json";
    private const string Lines = "application/x-ndjson";

    public static Task GiveAsync(string kind, HttpContext context) => kind switch
    {
        "no head" => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted),
        "not http" => RawAsync(context, "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        "huge head" => RawAsync(context, $"HTTP/1.1 200 OK\r\nX-Long: {new string('a', 100_000)}\r\n\r\n"),
        "gzip bomb" => BombAsync(context),
        "slow document" => DripAsync(context, Json, "1"),
        "slow line" => DripAsync(context, Lines, "1"),
        "silent stream" => SayAsync(context, Lines, "\n", hang: true),
        "endless document" => FloodAsync(context, Json, new string('1', 8_192)),
        "endless line" => FloodAsync(context, Lines, new string('1', 8_192)),
        "endless events" => FloodAsync(context, "text/event-stream", "data: {\"type\":\"partial\",\"text\":\"a\"}\n\n"),
        "broken off" => RawAsync(context, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"text\""),
        "wrong type" => SayAsync(context, "text/html", "<html></html>"),
        "no type" => SayAsync(context, null, "{}"),
        "no json" => SayAsync(context, Json, "{\"text\":"),
        "deep json" => SayAsync(context, Json, new string('[', 200) + new string(']', 200)),
        "double json" => SayAsync(context, Json, """{"text":"a","text":"b"}"""),
        "no utf8" => BytesAsync(context, Json, [(byte)'"', 0xC3, 0x28, (byte)'"']),
        "half a character" => SayAsync(context, Json, """{"text":"\ud83d"}"""),
        "half a character in an event" => SayAsync(context, Lines, """{"type":"partial","text":"\ude00"}""" + "\n"),
        "no event" => SayAsync(context, Lines, """{"kind":"finished"}""" + "\n"),
        "wrong schema" => SayAsync(context, Json, """{"words":7}"""),
        "flood of progress" => FloodAsync(context, Lines, """{"type":"progress","percent":1,"message":"Still here"}""" + "\n"),
        "no result" => SayAsync(context, Lines, """{"type":"progress","percent":99}""" + "\n"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of answer."),
    };

    private static Task SayAsync(HttpContext context, string? type, string text, bool hang = false) =>
        BytesAsync(context, type, Encoding.UTF8.GetBytes(text), hang);

    private static async Task BytesAsync(HttpContext context, string? type, byte[] bytes, bool hang = false)
    {
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(bytes);
        await context.Response.Body.FlushAsync();
        if (hang)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        }
    }

    private static async Task DripAsync(HttpContext context, string type, string drop)
    {
        context.Response.ContentType = type;
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.WriteAsync(drop, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, context.RequestAborted);
        }
    }

    private static async Task FloodAsync(HttpContext context, string type, string wave)
    {
        context.Response.ContentType = type;
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.WriteAsync(wave, context.RequestAborted);
        }
    }

    private static async Task BombAsync(HttpContext context)
    {
        context.Response.ContentType = Json;
        context.Response.Headers.ContentEncoding = "gzip";
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[16 * 1_024 * 1_024]);
        }

        await context.Response.Body.WriteAsync(packed.ToArray());
    }

    /// <summary>Says it below HTTP, and hangs up.</summary>
    private static async Task RawAsync(HttpContext context, string text)
    {
        var socket = context.Features.Get<IConnectionSocketFeature>()!.Socket;
        await socket.SendAsync(Encoding.ASCII.GetBytes(text));
        socket.Shutdown(System.Net.Sockets.SocketShutdown.Both);
        context.Abort();
    }
}
