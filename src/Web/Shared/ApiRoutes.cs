namespace Orkestron.Web.Shared;

/// <summary>Which paths are for programs and which are pages.</summary>
internal static class ApiRoutes
{
    /// <summary>The prefix of the REST API.</summary>
    public const string Api = "/api/v1";

    /// <summary>The prefix of the hubs.</summary>
    public const string Hubs = "/hubs";

    /// <summary>Whether the path is for programs, so that errors are problems and not pages.</summary>
    public static bool IsMachine(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/schemas", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
        || IsHub(path);

    /// <summary>Whether the path is that of a hub.</summary>
    public static bool IsHub(PathString path) => path.StartsWithSegments(Hubs, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an API key may be sent as the query parameter <c>access_token</c>: where browsers cannot set a header.</summary>
    public static bool TakesKeyInQuery(PathString path) =>
        IsHub(path)
        || (path.StartsWithSegments($"{Api}/tasks", StringComparison.OrdinalIgnoreCase)
            && path.Value!.EndsWith("/events", StringComparison.OrdinalIgnoreCase));
}
