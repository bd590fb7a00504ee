using Microsoft.AspNetCore.Authentication;

namespace Orkestron.Web.Users;

/// <summary>Begins and ends browser sessions.</summary>
internal static class Sessions
{
    /// <summary>Signs a user in: sets the cookie.</summary>
    public static Task SignInUserAsync(this HttpContext context, Guid userId) => context.SignInAsync(
        Schemes.Session,
        UserClaims.Principal(userId, Schemes.Session),
        new AuthenticationProperties { IsPersistent = true });

    /// <summary>Signs the user out: removes the cookie.</summary>
    public static Task SignOutUserAsync(this HttpContext context) => context.SignOutAsync(Schemes.Session);
}
