using Microsoft.AspNetCore.Http.HttpResults;
using Orkestron.Web.Shared.Authentication;

namespace Orkestron.Web.Shared.Layout;

/// <summary>Writes a complete page that explains an error, with the usual header.</summary>
internal static class FaultPage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Writes the page as the response, which must not have started.</summary>
    public static async Task WriteAsync(
        HttpContext context, int status, string title, string detail, string? traceId = null)
    {
        // The failed page has used the renderer of the request and cached its user.
        await using var scope = context.RequestServices.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        var path = context.Request.Path.Value;
        await new RazorComponentResult<StandaloneDocument>(new
        {
            Status = status,
            Path = path is ['/', not ('/' or '\\'), ..] ? path : "/",
            Title = title,
            Detail = detail,
            TraceId = traceId,
            Viewer = await ViewerAsync(scope.ServiceProvider),
        })
        { StatusCode = status }.ExecuteAsync(context);
    }

    // Reading the user may be what failed; then the page is rendered without.
    private static async Task<SiteViewer?> ViewerAsync(IServiceProvider services)
    {
        try
        {
            var user = services.GetRequiredService<PageUser>();
            return await SiteViewer.OfAsync(user).WaitAsync(Patience);
        }
        catch (Exception)
        {
            return SiteViewer.Unknown;
        }
    }
}
