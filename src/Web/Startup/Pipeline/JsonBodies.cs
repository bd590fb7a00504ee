using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using Orkestron.Domain;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Startup.Pipeline;

/// <summary>
/// Reads the JSON bodies of the API to their end, converts them to UTF-8, and refuses what is not valid text. They are read to the
/// end because the serializer, on malformed JSON, otherwise leaves the connection's pipe in the middle of a read, and Kestrel then
/// closes the connection after the answer. Bodies are bounded by
/// <see cref="WebOptions.MaxBodyBytes"/>.
/// </summary>
internal sealed class JsonBodies(RequestDelegate next)
{
    private const string Json = "application/json";
    private const string SendJson = "Send a JSON object with the header 'Content-Type: application/json'.";
    private static readonly ConcurrentDictionary<Type, HashSet<string>> Contents = new();

    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!ApiRoutes.IsMachine(context.Request.Path)
            || context.GetEndpoint()?.Metadata is not { } metadata
            || metadata.GetMetadata<RawBody>() is not null
            || metadata.GetMetadata<IAcceptsMetadata>() is not { } accepts
            || !accepts.ContentTypes.Contains(Json))
        {
            await next(context);
            return;
        }

        if (await ReadAsync(context, accepts, metadata.GetMetadata<UncheckedJson>() is not null) is { } problem)
        {
            await Problems.WriteAsync(context, problem);
            return;
        }

        await next(context);
    }

    private static async Task<Problem?> ReadAsync(HttpContext context, IAcceptsMetadata accepts, bool checkedLater)
    {
        var request = context.Request;
        using var read = new MemoryStream((int)Math.Clamp(request.ContentLength ?? 0, 0, 65_536));
        await request.Body.CopyToAsync(read, context.RequestAborted);
        var body = new ArraySegment<byte>(read.GetBuffer(), 0, (int)read.Length);
        if (body.Count == 0)
        {
            return Empty(context, accepts);
        }

        if (!request.HasJsonContentType())
        {
            return Unsupported(context, "The content type is not JSON", SendJson);
        }

        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } coding && coding != "identity")
        {
            return Unsupported(context, "The body is compressed", "Send the JSON as it is, without Content-Encoding.");
        }

        if (!BodyText.TryEncoding(request.ContentType, out var charset, out var encoding))
        {
            return Unsupported(
                context,
                "The character set is not supported",
                $"The character set '{Printable(charset)}' is not supported. Send JSON in UTF-8: 'Content-Type: application/json; charset=utf-8'.");
        }

        if (BodyText.ToUtf8(body, encoding, out var wrongAt) is not { } utf8)
        {
            return NotText(context, body, encoding is null ? wrongAt : null, charset);
        }

        if (!checkedLater && Check(context, accepts, utf8) is { } fault)
        {
            return fault;
        }

        Replace(context, utf8);
        return null;
    }

    private static Problem? Empty(HttpContext context, IAcceptsMetadata accepts)
    {
        if (!accepts.IsOptional)
        {
            return Missing(context);
        }

        context.Features.Set<IHttpRequestBodyDetectionFeature>(NoBody.Instance);
        return null;
    }

    private static Problem? Check(HttpContext context, IAcceptsMetadata accepts, ReadOnlySpan<byte> utf8)
    {
        if (!accepts.IsOptional && utf8.Length <= 16 && utf8.Trim(" \t\r\n"u8).SequenceEqual("null"u8))
        {
            return Missing(context);
        }

        if (JsonText.Find(utf8, ContentOf(accepts.RequestType).Contains) is not { } fault)
        {
            return null;
        }

        var (line, at) = BodyText.Place(utf8, fault.Offset);
        return Problems.Of(
            context,
            ProblemKind.Of(RefusalCode.Invalid),
            $"At line {line}, byte {at}{(fault.Pointer.Length > 0 ? $", in '{fault.Pointer[1..]}'" : "")}: {fault.Sentence}",
            [new ProblemField("#" + fault.Pointer, fault.Sentence)]);
    }

    private static Problem Missing(HttpContext context) => Problems.Of(
        context,
        ProblemKind.Of(RefusalCode.Invalid),
        $"The body is empty. {SendJson} GET /openapi/v1.json describes its fields.",
        [new ProblemField("#", "This is required: a JSON object.")]);

    private static Problem NotText(HttpContext context, ReadOnlySpan<byte> body, int? wrongAt, string? charset)
    {
        var place = "";
        if (wrongAt is { } offset)
        {
            var (line, at) = BodyText.Place(body, offset);
            place = $"At line {line}, byte {at} (0x{body[offset]:X2}): ";
        }

        return Problems.Of(
            context,
            new ProblemKind(400, "not_utf8", "The body is not UTF-8"),
            $"{place}The body is not text in {(charset is null ? "UTF-8" : Printable(charset))}. Send JSON in UTF-8; nothing was done.",
            [new ProblemField("#", "This is not text in the character set that the Content-Type names; without one it is UTF-8.")]);
    }

    private static Problem Unsupported(HttpContext context, string title, string detail) =>
        Problems.Of(context, new ProblemKind(415, "unsupported_media_type", title), detail);

    private static void Replace(HttpContext context, ArraySegment<byte> utf8)
    {
        var request = context.Request;
        request.Body = new MemoryStream(utf8.Array!, utf8.Offset, utf8.Count, writable: false);
        request.ContentLength = utf8.Count;
        request.Headers[HeaderNames.ContentType] = Json;
    }

    // Members that are content of users are stored as bytes, so they may contain U+0000.
    private static HashSet<string> ContentOf(Type? body) => body is null ? [] : Contents.GetOrAdd(body, static type =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static each => (Nullable.GetUnderlyingType(each.PropertyType) ?? each.PropertyType) == typeof(JsonElement))
            .Select(static each => JsonNamingPolicy.CamelCase.ConvertName(each.Name))
            .ToHashSet(StringComparer.OrdinalIgnoreCase));

    // Only characters that occur in names of character sets are repeated in the answer.
    private static string Printable(string? charset)
    {
        var shown = new StringBuilder();
        foreach (var each in (charset ?? "").Where(static each => char.IsAsciiLetterOrDigit(each) || each is '-' or '_' or '.').Take(40))
        {
            shown.Append(each);
        }

        return shown.ToString();
    }

    private sealed class NoBody : IHttpRequestBodyDetectionFeature
    {
        public static readonly NoBody Instance = new();

        public bool CanHaveBody => false;
    }
}
