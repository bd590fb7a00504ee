using Microsoft.AspNetCore.Authentication.Cookies;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>
/// Names the session cookie: over https with the prefix <c>__Host-</c>, which binds it to this host and a secure connection; over
/// plain http without the prefix, which browsers would reject there.
/// </summary>
internal sealed class SessionCookies : ICookieManager
{
    /// <summary>The name over plain http.</summary>
    public const string Name = "orkestron-session";

    private readonly ChunkingCookieManager _inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, NameOf(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _inner.AppendResponseCookie(context, NameOf(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        _inner.DeleteCookie(context, NameOf(context, key), options);

    private static string NameOf(HttpContext context, string key) => context.Request.IsHttps ? $"__Host-{key}" : key;
}
