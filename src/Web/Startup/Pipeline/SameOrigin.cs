using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Startup.Pipeline;

/// <summary>
/// Refuses what another site makes a browser send: unsafe methods, and anything to a hub (a WebSocket is opened by GET).
/// Requests with an API key carry no ambient right and pass. Browsers tell the origin of such requests; who tells none is
/// no browser, and holds whatever cookie it sends by its own doing.
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

        // A proxy may end https before us, so hosts are compared and schemes are not.
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
}
