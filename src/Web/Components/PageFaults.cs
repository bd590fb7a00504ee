using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Orkestron.Silo.Hosting;

namespace Orkestron.Web.Components;

/// <summary>Tells people what happened when a page fails, whether they paid, and what to do now.</summary>
internal sealed partial class PageFaults(ILogger<PageFaults> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (Orkestron.Web.Common.Routes.IsMachine(httpContext.Request.Path) || httpContext.Response.HasStarted)
        {
            return false;
        }

        var retryAfter = GrainFaults.RetryAfter(exception);
        var status = retryAfter is not null ? StatusCodes.Status503ServiceUnavailable
            : exception is BadHttpRequestException bad ? bad.StatusCode
            : StatusCodes.Status500InternalServerError;
        LogFault(logger, httpContext.Request.Path, status, exception);
        if (retryAfter is { } wait)
        {
            httpContext.Response.Headers.RetryAfter =
                Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        // The page that failed has used up its request's renderer.
        await using var scope = httpContext.RequestServices.CreateAsyncScope();
        httpContext.RequestServices = scope.ServiceProvider;
        await new RazorComponentResult<StandaloneDocument>(new
        {
            Status = status,
            Path = httpContext.Request.Path.Value,
            Title = status == StatusCodes.Status503ServiceUnavailable ? "Not available just now" : "Something went wrong here",
            Detail = Detail(status),
            TraceId = Activity.Current?.TraceId.ToHexString() ?? httpContext.TraceIdentifier,
        })
        { StatusCode = status }.ExecuteAsync(httpContext);
        return true;
    }

    private static string Detail(int status) => status switch
    {
        StatusCodes.Status503ServiceUnavailable =>
            "A part of the platform cannot be reached. Running tasks are kept and go on by themselves. Reload in a few "
            + "seconds; your wallet shows every charge there is.",
        StatusCodes.Status413PayloadTooLarge => "What you sent is larger than this server takes. Go back and shorten it.",
        >= 400 and < 500 => "The request could not be read. Go back, reload the page and try again; nothing was charged.",
        _ => "The page could not be made. Go back and try again. Your tasks and tokens are safe: my tasks and the wallet show "
            + "what was done and what it cost.",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "The page {Path} failed with {Status}.")]
    private static partial void LogFault(ILogger logger, PathString path, int status, Exception fault);
}
