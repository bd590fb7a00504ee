using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Orkestron.Silo.Faults;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Http;
using Orkestron.Web.Shared.Layout;

namespace Orkestron.Web.Startup.Pipeline;

/// <summary>Shows a page when a page fails: what happened, whether anything was charged, and what to do.</summary>
internal sealed partial class PageFaults(ILogger<PageFaults> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (ApiRoutes.IsMachine(httpContext.Request.Path) || httpContext.Response.HasStarted)
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
        var newer = GrainFaults.Unreadable(exception);
        var status = retryAfter is not null || newer is not null ? StatusCodes.Status503ServiceUnavailable
            : bad?.StatusCode ?? StatusCodes.Status500InternalServerError;
        if (bad is null)
        {
            LogFault(logger, httpContext.Request.Path, status, exception);
        }

        if (retryAfter is { } wait)
        {
            httpContext.Response.Headers.RetryAfter =
                Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        await FaultPage.WriteAsync(
            httpContext,
            status,
            status switch
            {
                StatusCodes.Status503ServiceUnavailable => "Not available at the moment",
                StatusCodes.Status413PayloadTooLarge => "This is too large",
                >= 400 and < 500 => "The request cannot be read",
                _ => "Something went wrong here",
            },
            newer ?? Detail(status),
            bad is null ? Activity.Current?.TraceId.ToHexString() ?? httpContext.TraceIdentifier : null);
        return true;
    }

    private static string Detail(int status) => status switch
    {
        StatusCodes.Status503ServiceUnavailable =>
            "A part of the platform cannot be reached. Running tasks are safe and continue by themselves. Reload the page in a few "
            + "seconds. Your wallet shows all charges.",
        StatusCodes.Status413PayloadTooLarge => "Your request is larger than this server accepts. Go back and shorten it.",
        >= 400 and < 500 => "The request could not be read. Go back, reload the page and try again; nothing was charged.",
        _ => "The page could not be rendered. Go back and try again. Your tasks and tokens are safe: see My tasks and your wallet "
            + "for what was done and charged.",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "The page {Path} failed with {Status}.")]
    private static partial void LogFault(ILogger logger, PathString path, int status, Exception fault);
}
