using System.Security.Claims;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>What a session or an API key says of its user: the id, and no name or address.</summary>
internal static class UserClaims
{
    /// <summary>The user's id, 32 hexadecimal digits.</summary>
    public const string Id = "sub";

    /// <summary>Something an API key may do; a session may do all.</summary>
    public const string Scope = "scope";

    /// <summary>The hash of the API key, to look again whether it stands.</summary>
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
