using System.Security.Claims;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>The user of a request, signed in by a session or an API key.</summary>
internal static class CurrentUser
{
    /// <summary>The user's id, or null when nobody is signed in.</summary>
    public static Guid? UserId(this HttpContext context) => context.User.UserId();

    /// <summary>The user's id, or null when nobody is signed in.</summary>
    public static Guid? UserId(this ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true } && Guid.TryParseExact(user.FindFirstValue(UserClaims.Id), "N", out var id)
            ? id
            : null;

    /// <summary>The user's id, on endpoints with <c>RequireAuthorization</c>.</summary>
    public static Guid RequiredUserId(this HttpContext context) => context.User.RequiredUserId();

    /// <summary>The user's id, on endpoints with <c>RequireAuthorization</c>.</summary>
    public static Guid RequiredUserId(this ClaimsPrincipal user) =>
        user.UserId() ?? throw new InvalidOperationException("Nobody is signed in: the endpoint lacks RequireAuthorization.");
}
