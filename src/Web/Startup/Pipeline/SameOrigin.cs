using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Startup.Pipeline;

/// <summary>
/// Refuses cross-site requests of browsers: those with unsafe methods, and all requests to hubs (a WebSocket is opened by GET).
/// Requests with an API key are allowed, because browsers do not add one by themselves. Browsers send the origin of such requests;
/// a client that sends none is not a browser and cannot be tricked into sending a cookie.
/// </summary>
internal sealed class SameOrigin(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = context.Request;
        var guarded = ApiRoutes.IsHub(request.Path) || !IsSafe(request.Method);
        return guarded && !ApiKeyHandler.HasKey(request) && IsForeign(request)
            ? Problems.WriteAsync(context, Problems.CrossOrigin(context))
            : next(context);
    }

    /// <summary>Whether a browser sends this for another site. Sec-Fetch-Site cannot be forged by a page.</summary>
    internal static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is not ("same-origin" or "none");
        }

        // A proxy may terminate https, so only hosts are compared, not schemes.
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
}
