using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.StaticAssets;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>Believes a cookie only while its session stands.</summary>
internal sealed class SessionCookieEvents(SessionChecks checks) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var user = context.Principal!;
        // Styles and scripts are the same for all, and must be there for the page that says that something is not.
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
        else if (!await checks.StandsAsync(userId, session))
        {
            // The cookie stays: by now the browser may hold a newer one, which this answer must not remove.
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

    /// <summary>A cookie of an earlier release names no session. Whoever sends it at the same time means the same one.</summary>
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

    /// <summary>People are led to the page; programs get a problem.</summary>
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
