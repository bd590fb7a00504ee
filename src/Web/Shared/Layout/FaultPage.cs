using Microsoft.AspNetCore.Http.HttpResults;
using Orkestron.Web.Shared.Authentication;

namespace Orkestron.Web.Shared.Layout;

/// <summary>Answers with a whole page that says what is wrong, under the header of whoever is signed in.</summary>
internal static class FaultPage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Writes the page. Nothing may have been written.</summary>
    public static async Task WriteAsync(
        HttpContext context, int status, string title, string detail, string? traceId = null)
    {
        // A page that failed has used up its request's renderer, and what it read of its user.
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

    // What failed may be what tells who it is: then the page does without.
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
