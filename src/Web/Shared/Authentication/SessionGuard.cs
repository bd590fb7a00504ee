using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>
/// Registers each request of a browser session with <see cref="LiveSessions"/>, and answers requests whose session ended while they
/// waited.
/// </summary>
internal sealed class SessionGuard(RequestDelegate next, LiveSessions sessions)
{
    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.UserId() is not { } userId || context.User.FindFirstValue(UserClaims.SessionId) is not { } session)
        {
            await next(context);
            return;
        }

        using var live = sessions.Enter(context, userId, session);
        if (live.Ended.IsCancellationRequested)
        {
            // As if the cookie had arrived a moment later.
            live.Dispose();
            context.User = new ClaimsPrincipal(new ClaimsIdentity());
            await next(context);
            return;
        }

        context.Features.Set(live);
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (live.Ended.IsCancellationRequested && !context.Response.HasStarted)
        {
            live.Dispose();
            context.Response.Clear();
            await context.ChallengeAsync(Schemes.Session);
        }
    }
}
