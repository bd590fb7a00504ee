using Microsoft.AspNetCore.StaticAssets;

namespace Orkestron.Web.Startup.Pipeline;

/// <summary>Adds the security headers: no foreign content, no inline scripts or styles, no frames.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    private const string Permissions =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        + "microphone=(), midi=(), payment=(), publickey-credentials-get=(), usb=()";

    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.OnStarting(Write, context);
        return next(context);
    }

    private static Task Write(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (!IsPartOfAPage(context.Response.ContentType))
        {
            headers.ContentSecurityPolicy = ContentPolicy;
            headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
            headers["Permissions-Policy"] = Permissions;
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
        }

        // Static assets may be cached by browsers and proxies; what may be personal is not cached.
        if (context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is null
            && (headers.CacheControl.Count == 0 || context.User.Identity is { IsAuthenticated: true }))
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }

    /// <summary>Whether it is a style or a script, which the policy of the loading page governs.</summary>
    private static bool IsPartOfAPage(string? contentType) =>
        contentType?.StartsWith("text/css", StringComparison.Ordinal) == true
        || contentType?.StartsWith("text/javascript", StringComparison.Ordinal) == true;
}
