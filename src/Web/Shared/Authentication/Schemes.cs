namespace Orkestron.Web.Shared.Authentication;

/// <summary>The names of the authentication schemes.</summary>
internal static class Schemes
{
    /// <summary>Selects one of the two others by the request.</summary>
    public const string Any = "orkestron";

    /// <summary>A browser's cookie.</summary>
    public const string Session = "session";

    /// <summary>A program's key.</summary>
    public const string ApiKey = "api-key";
}
