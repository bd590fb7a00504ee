namespace Orkestron.Web.Features.Publishing;

/// <summary>The times over which an agent's figures are told.</summary>
internal static class MetricsWindow
{
    /// <summary>The window when none is named.</summary>
    public const string Usual = "24h";

    private static readonly Dictionary<string, TimeSpan> Windows = new(StringComparer.Ordinal)
    {
        ["1h"] = TimeSpan.FromHours(1),
        [Usual] = TimeSpan.FromDays(1),
        ["7d"] = TimeSpan.FromDays(7),
        ["30d"] = TimeSpan.FromDays(30),
    };

    public static IReadOnlyCollection<string> Names => Windows.Keys;

    public static bool TryGet(string name, out TimeSpan window) => Windows.TryGetValue(name, out window);
}
