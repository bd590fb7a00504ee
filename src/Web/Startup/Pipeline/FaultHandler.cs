using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Orkestron.Domain;
using Orkestron.Silo.Faults;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Startup.Pipeline;

/// <summary>Maps exceptions of the API to problems. Internal details are logged, and not sent.</summary>
internal sealed partial class FaultHandler(ILogger<FaultHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!ApiRoutes.IsMachine(httpContext.Request.Path))
        {
            return false;
        }

        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var bad = BadRequests.Of(exception);
        var retryAfter = bad is null ? GrainFaults.RetryAfter(exception) : null;
        await Problems.WriteAsync(
            httpContext, bad is null ? ProblemOf(httpContext, exception, retryAfter) : BadRequest(httpContext, bad), retryAfter);
        return true;
    }

    private Problem ProblemOf(HttpContext context, Exception exception, TimeSpan? retryAfter)
    {
        if (retryAfter is not null)
        {
            LogUnavailable(logger, context.Request.Path, exception);
            return Problems.Of(
                context,
                ProblemKind.Of(RefusalCode.Unavailable),
                "The store or a part of the cluster cannot be reached now. Send the same request again, with the same "
                    + "Idempotency-Key, after the time in Retry-After.");
        }

        LogFault(logger, context.Request.Path, exception);
        if (GrainFaults.Unreadable(exception) is { } newer)
        {
            return Problems.Of(context, new ProblemKind(503, "newer_version", "Written by a newer version"), newer);
        }

        return Problems.Of(
            context,
            new ProblemKind(500, "internal", "Something went wrong here"),
            "The request could not be carried out. If this continues, report this problem's traceId to the operator.");
    }

    private static Problem BadRequest(HttpContext context, BadHttpRequestException bad) => bad switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problems.Of(
            context, ProblemKind.Of(RefusalCode.TooLarge), "The request's body is larger than this server accepts."),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Problems.Of(
            context,
            new ProblemKind(415, "unsupported_media_type", "The content type is not JSON"),
            "Send JSON with the header 'Content-Type: application/json'."),
        { InnerException: JsonException json } => Malformed(context, json),
        _ when UnboundParameter().Match(bad.Message) is { Success: true } unbound => Unbound(context, unbound),
        _ when RequiredParameter().Match(bad.Message) is { Success: true, Groups: var required } =>
            Required(context, required["name"].Value),
        { InnerException: IOException or InvalidDataException } => Problems.Of(context, ProblemKind.Of(RefusalCode.Invalid), bad.Message),
        _ => Problems.Of(
            context,
            ProblemKind.Of(RefusalCode.Invalid) with { Status = bad.StatusCode is >= 400 and < 500 ? bad.StatusCode : 400 },
            $"The request cannot be read: {bad.Message} See GET /openapi/v1.json for what is taken here."),
    };

    private static Problem Unbound(HttpContext context, Match unbound)
    {
        var (type, name) = (unbound.Groups["type"].Value, unbound.Groups["name"].Value);
        var detail = type switch
        {
            "int" or "long" => "This must be a whole number.",
            "double" or "decimal" => "This must be a number, for instance 12.5.",
            "bool" => "This must be true or false.",
            "Guid" => "This must be an id, for instance 0197a000-0000-7000-8000-000000000000.",
            _ => "The value has the wrong type.",
        };
        return Problems.Of(
            context, ProblemKind.Of(RefusalCode.Invalid), $"{name}: {detail}", [new ProblemField(name, detail)]);
    }

    private static Problem Required(HttpContext context, string name) => Problems.Of(
        context,
        ProblemKind.Of(RefusalCode.Invalid),
        $"{name}: This is required.",
        [new ProblemField(name, "This is required.")]);

    [GeneratedRegex("^Required parameter \"[^ \"]+ (?<name>\\w+)\"")]
    private static partial Regex RequiredParameter();

    [GeneratedRegex("^Failed to bind parameter \"(?:Nullable<)?(?<type>\\w+)>? (?<name>\\w+)\"")]
    private static partial Regex UnboundParameter();

    private static Problem Malformed(HttpContext context, JsonException json)
    {
        var path = json.Path is null or "$" ? "" : json.Path.TrimStart('$');
        var place = json.LineNumber is { } line
            ? $"line {line + 1}, byte {json.BytePositionInLine + 1}"
            : "an unknown place";
        // When the text is not JSON, the serializer's exception wraps that of the reader, whose type is not public.
        var deep = json.Message.StartsWith("The maximum configured depth", StringComparison.Ordinal);
        var syntax = json.InnerException is JsonException && !deep;
        var pointer = "#" + path.Replace('.', '/');
        return Problems.Of(
            context,
            syntax ? new ProblemKind(400, "malformed_json", "The body is not JSON") : ProblemKind.Of(RefusalCode.Invalid),
            $"At {place}{(path.Length > 0 ? $", in '{path.TrimStart('.')}'" : "")}: {Sentence(json)}",
            [new ProblemField(pointer, Sentence(json))]);
    }

    // The serializer's message names .NET types and repeats the position; neither helps a client.
    private static string Sentence(JsonException json)
    {
        var text = json.Message;
        var end = text.IndexOf(" Path:", StringComparison.Ordinal);
        text = end > 0 ? text[..end] : text;
        if (text.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
        {
            return "The value has the wrong type.";
        }

        if (text.StartsWith("The JSON property '", StringComparison.Ordinal)
            && text.IndexOf("' could not be mapped", StringComparison.Ordinal) is > 0 and var until)
        {
            return $"There is no field '{text[19..until]}'.";
        }

        if (text.StartsWith("The maximum configured depth", StringComparison.Ordinal))
        {
            return $"The JSON is nested deeper than {JsonText.MaxDepth} levels. Reduce the nesting.";
        }

        if (text.StartsWith("Duplicate property", StringComparison.Ordinal))
        {
            return "The field occurs twice.";
        }

        end = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end > 0 ? text[..end] : text;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed.")]
    private static partial void LogFault(ILogger logger, PathString path, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}: not available now.")]
    private static partial void LogUnavailable(ILogger logger, PathString path, Exception fault);
}
