using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>Starts and ends browser sessions: first the record of the session, then the cookie that names it.</summary>
internal static class Sessions
{
    /// <summary>Signs a user in and ends the browser's previous session.</summary>
    public static async Task SignInUserAsync(this HttpContext context, Guid userId)
    {
        var session = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await context.SessionsOf(userId).OpenAsync(context.OpenCommand(session));
        await context.EndCurrentAsync();
        await context.SignInAsync(
            Schemes.Session,
            UserClaims.Session(userId, session),
            new AuthenticationProperties { IsPersistent = true });
    }

    /// <summary>Signs the user out: ends the session on every node, and removes the cookie.</summary>
    public static async Task SignOutUserAsync(this HttpContext context)
    {
        await context.EndCurrentAsync();
        await context.SignOutAsync(Schemes.Session);
    }

    /// <summary>The command that starts a session.</summary>
    public static OpenSession OpenCommand(this HttpContext context, string session)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<WebOptions>>().Value;
        return new OpenSession(session, options.SessionAge, options.SessionMaxAge);
    }

    /// <summary>The sessions of a user.</summary>
    public static ISessionsGrain SessionsOf(this HttpContext context, Guid userId) =>
        context.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<ISessionsGrain>(userId);

    private static async Task EndCurrentAsync(this HttpContext context)
    {
        // With an API key, the user of the request is not that of the cookie.
        var cookie = await context.AuthenticateAsync(Schemes.Session);
        if (cookie.Principal is not { } user || user.UserId() is not { } userId
            || user.FindFirstValue(UserClaims.SessionId) is not { } session)
        {
            return;
        }

        // This request itself must still be answered.
        context.Features.Get<LiveSession>()?.Dispose();
        await context.SessionsOf(userId).EndAsync(session);
        context.RequestServices.GetRequiredService<LiveSessions>().End(session);
    }
}
