using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.StaticAssets;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>Accepts a cookie only while its session is valid.</summary>
internal sealed class SessionCookieEvents(SessionChecks checks) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var user = context.Principal!;
        // Static assets need no user, and must be available for error pages.
        if (user.UserId() is not { } userId
            || context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            context.RejectPrincipal();
            return;
        }

        if (user.FindFirstValue(UserClaims.SessionId) is not { } session)
        {
            await ReattachAsync(context, userId);
        }
        else if (!await checks.IsValidAsync(userId, session))
        {
            // The cookie is not deleted: the browser may have a newer one by now.
            context.RejectPrincipal();
        }
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Redirect(context, Problems.SignInRequired(context.HttpContext));
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Redirect(context, Problems.ScopeMissing(context.HttpContext));
    }

    /// <summary>Migrates a cookie of an earlier release, which names no session. Concurrent requests derive the same session.</summary>
    private static async Task ReattachAsync(CookieValidatePrincipalContext context, Guid userId)
    {
        var issued = context.Properties.IssuedUtc ?? default;
        var text = string.Create(CultureInfo.InvariantCulture, $"session\n{userId:N}\n{issued.UtcTicks}");
        var session = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
        var http = context.HttpContext;
        if (await http.SessionsOf(userId).ReattachAsync(http.OpenCommand(session)))
        {
            context.ReplacePrincipal(UserClaims.Session(userId, session));
            context.ShouldRenew = true;
        }
        else
        {
            context.RejectPrincipal();
        }
    }

    /// <summary>Redirects people to the page; programs get a problem.</summary>
    private static Task Redirect(RedirectContext<CookieAuthenticationOptions> call, Problem problem)
    {
        if (ApiRoutes.IsMachine(call.Request.Path))
        {
            return Problems.WriteAsync(call.HttpContext, problem);
        }

        call.Response.Redirect(call.RedirectUri);
        return Task.CompletedTask;
    }
}
