using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Orkestron.Domain.Users;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>
/// Authenticates programs by <c>Authorization: Bearer ork_...</c>, and on hubs and event streams, where browsers cannot set a
/// header, by <c>access_token</c>. A revoked key is refused at once on the node that revoked it, and within a second on every
/// other; see <see cref="KeyChecks"/>.
/// </summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    KeyChecks keys,
    FailedKeys failed,
    RefusedKeys refused)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Bearer = "Bearer ";
    private TimeSpan? _wait;

    /// <summary>Whether a request has a key, valid or not.</summary>
    public static bool HasKey(HttpRequest request) => KeyOf(request) is not null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var key = KeyOf(Request);
        if (key is null)
        {
            return AuthenticateResult.NoResult();
        }

        // A malformed key is refused without a look-up.
        if (!ApiKeyFormat.LooksRight(key))
        {
            return AuthenticateResult.Fail("This is not an API key.");
        }

        var hash = ApiKeyFormat.HashOf(key);
        if (!keys.IsCached(hash) && !failed.WasValid(hash))
        {
            _wait = failed.MustWait(Context);
        }

        using var turn = _wait is null ? null : await failed.QueueAsync(Context);
        if (turn is { IsAcquired: false })
        {
            return AuthenticateResult.Fail("Too many API keys from this address were unknown.");
        }

        var owner = await keys.OwnerAsync(hash);
        if (owner is null)
        {
            failed.Count(Context);
            return AuthenticateResult.Fail("The API key is unknown or was revoked.");
        }

        failed.MarkValid(hash);
        _wait = null;
        return AuthenticateResult.Success(new AuthenticationTicket(owner, Schemes.ApiKey));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (HasKey(Request))
        {
            refused.Count(Context);
        }

        if (_wait is not null)
        {
            return Problems.WriteAsync(Context, Problems.TooManyKeys(Context), _wait);
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.WriteAsync(Context, Problems.KeyRefused(Context));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.WriteAsync(Context, Problems.ScopeMissing(Context));

    private static string? KeyOf(HttpRequest request)
    {
        var header = request.Headers[HeaderNames.Authorization].ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return header[Bearer.Length..].Trim();
        }

        return ApiRoutes.TakesKeyInQuery(request.Path) && request.Query.TryGetValue("access_token", out var token)
            ? token.ToString()
            : null;
    }
}
