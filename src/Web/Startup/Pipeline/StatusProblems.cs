using Microsoft.AspNetCore.Diagnostics;
using Orkestron.Domain;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Startup.Pipeline;

/// <summary>Adds a problem as the body of errors that the framework answers with a status only.</summary>
internal static class StatusProblems
{
    public static Task WriteAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        var problem = context.Response.StatusCode switch
        {
            404 => Problems.Of(
                context, ProblemKind.Of(RefusalCode.NotFound),
                "There is nothing at this address. GET /openapi/v1.json lists all addresses."),
            405 => Problems.Of(
                context, new ProblemKind(405, "method_not_allowed", "This address does not support the method"),
                "See the Allow header, or GET /openapi/v1.json."),
            413 => Problems.Of(
                context, ProblemKind.Of(RefusalCode.TooLarge), "The request's body is larger than this server accepts."),
            415 => Problems.Of(
                context, new ProblemKind(415, "unsupported_media_type", "The content type is not JSON"),
                "Send JSON with the header 'Content-Type: application/json'."),
            503 => Problems.Of(
                context, ProblemKind.Of(RefusalCode.Unavailable), "Not available now. Try again after the time in Retry-After."),
            var other => Problems.Of(
                context, new ProblemKind(other, "refused", "The request was refused"), $"The request was refused ({other})."),
        };
        return Problems.WriteAsync(context, problem);
    }
}
