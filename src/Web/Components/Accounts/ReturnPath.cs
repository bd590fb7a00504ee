namespace Orkestron.Web.Components.Accounts;

/// <summary>Where to go after signing in: only to a page of this site.</summary>
internal static class ReturnPath
{
    public static string Safe(string? path, string otherwise = "/agents") =>
        path is ['/', not ('/' or '\\'), ..] && !path.AsSpan().ContainsAnyInRange('\0', '\x1f') ? path : otherwise;

    /// <summary>The sign-in page, to come back to a page.</summary>
    public static string SignIn(string path) => $"/login?returnUrl={Uri.EscapeDataString(path)}";
}
