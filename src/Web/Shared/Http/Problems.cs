using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Orkestron.Domain;

namespace Orkestron.Web.Shared.Http;

/// <summary>Makes and writes problems.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    /// <summary>The default of Retry-After.</summary>
    public static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(1);

    public static Problem Of(HttpContext context, ProblemKind kind, string detail, IReadOnlyList<ProblemField>? errors = null) =>
        new($"urn:orkestron:problem:{kind.Code}", kind.Title, kind.Status, detail, kind.Code, TraceId(context), errors);

    /// <summary>A refusal as a problem. The pointers of its errors are prefixed with <paramref name="root"/>, for instance
    /// <c>/input</c>.</summary>
    public static Problem Of(HttpContext context, Refusal refusal, string root = "") => Of(
        context,
        ProblemKind.Of(refusal.Code),
        refusal.Detail,
        refusal.Errors.IsDefaultOrEmpty
            ? null
            : [.. refusal.Errors.Select(error => new ProblemField(Pointer(root, error.Path), error.Message))]);

    public static Problem SignInRequired(HttpContext context) => Of(
        context,
        new ProblemKind(401, "sign_in_required", "Sign in first"),
        "Sign in (POST /api/v1/account/login or /guest), or send an API key: 'Authorization: Bearer ork_...'.");

    public static Problem KeyRefused(HttpContext context) => Of(
        context,
        new ProblemKind(401, "api_key_refused", "The API key is not valid"),
        "The API key is malformed, unknown or revoked. Make a new one with POST /api/v1/account/keys.");

    public static Problem TooManyKeys(HttpContext context) => Of(
        context,
        new ProblemKind(429, "too_many_keys", "Too many unknown API keys"),
        "Too many API keys from your network address were unknown, and this one is as well, or could not be looked up. Check "
            + "the key you send, and wait for the time in Retry-After.");

    public static Problem RateLimited(HttpContext context) => Of(
        context,
        new ProblemKind(429, "rate_limited", "Too many requests"),
        "You send requests faster than this server accepts them. Wait for the time in Retry-After.");

    public static Problem ScopeMissing(HttpContext context) => Of(
        context,
        ProblemKind.Of(RefusalCode.Forbidden),
        "The API key lacks the scope for this. Scopes are 'read', 'write', 'account' and 'publish'; make a key that has it.");

    public static Problem CrossOrigin(HttpContext context) => Of(
        context,
        new ProblemKind(403, "cross_origin", "Another site sent this"),
        "A browser session can only be used from this site's own pages. Programs send an API key instead of a cookie.");

    /// <summary>Writes a problem as the response, which must not have started.</summary>
    public static Task WriteAsync(HttpContext context, Problem problem, TimeSpan? retryAfter = null)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.Headers.CacheControl = "no-store";
        if (problem.Status is 429 or 503)
        {
            response.Headers.RetryAfter = Seconds(retryAfter ?? DefaultRetryAfter);
        }

        return response.WriteAsJsonAsync(problem, ApiJson.Options, ContentType, context.RequestAborted);
    }

    private static string Seconds(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static string Pointer(string root, string path) =>
        $"#{root}{(path.Length == 0 || path[0] == '/' ? path : "/" + path)}";

    private static string TraceId(HttpContext context) =>
        Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
