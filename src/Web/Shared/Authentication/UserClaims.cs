using System.Security.Claims;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>The claims of a session or an API key: the id of the user, and neither name nor address.</summary>
internal static class UserClaims
{
    /// <summary>The user's id, 32 hexadecimal digits.</summary>
    public const string Id = "sub";

    /// <summary>A scope of an API key; sessions have all scopes.</summary>
    public const string Scope = "scope";

    /// <summary>The hash of the API key, to check later whether it is still valid.</summary>
    public const string KeyHash = "key";

    /// <summary>The id of the browser session.</summary>
    public const string SessionId = "sid";

    /// <summary>A user with a browser session.</summary>
    public static ClaimsPrincipal Session(Guid userId, string session) =>
        Principal(userId, Schemes.Session, new Claim(SessionId, session));

    /// <summary>A signed-in user.</summary>
    public static ClaimsPrincipal Principal(Guid userId, string scheme, params IEnumerable<Claim> more) =>
        new(new ClaimsIdentity([new Claim(Id, userId.ToString("N")), .. more], scheme, Id, roleType: null));
}
