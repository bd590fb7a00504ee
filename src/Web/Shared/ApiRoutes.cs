namespace Orkestron.Web.Shared;

/// <summary>Which paths are for programs and which for people.</summary>
internal static class ApiRoutes
{
    /// <summary>Where the REST API begins.</summary>
    public const string Api = "/api/v1";

    /// <summary>Where the hubs are.</summary>
    public const string Hubs = "/hubs";

    /// <summary>Whether programs call this path: errors are problems there, not pages.</summary>
    public static bool IsMachine(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/schemas", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
        || IsHub(path);

    /// <summary>Whether this is a hub.</summary>
    public static bool IsHub(PathString path) => path.StartsWithSegments(Hubs, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an API key may come as <c>access_token</c>: where browsers cannot set a header.</summary>
    public static bool TakesKeyInQuery(PathString path) =>
        IsHub(path)
        || (path.StartsWithSegments($"{Api}/tasks", StringComparison.OrdinalIgnoreCase)
            && path.Value!.EndsWith("/events", StringComparison.OrdinalIgnoreCase));
}
