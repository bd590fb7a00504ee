using System.Collections.Immutable;
using System.Security.Claims;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>What an API key may do. A browser session may do all of it.</summary>
internal static class Scopes
{
    /// <summary>Read what belongs to the user.</summary>
    public const string Read = "read";

    /// <summary>Run, cancel and share tasks.</summary>
    public const string Write = "write";

    /// <summary>Make and revoke API keys.</summary>
    public const string Account = "account";

    /// <summary>Publish agents and serve their steps.</summary>
    public const string Publish = "publish";

    public static ImmutableArray<string> All { get; } = [Read, Write, Account, Publish];

    /// <summary>The default scopes of a key.</summary>
    public static ImmutableArray<string> Default { get; } = [Read, Write];

    /// <summary>Whether the caller has the scope. Sessions have all scopes.</summary>
    public static bool May(this ClaimsPrincipal user, string scope) =>
        user.Identity is { IsAuthenticated: true } identity
        && (identity.AuthenticationType != Schemes.ApiKey || user.HasClaim(UserClaims.Scope, scope));
}
