namespace Orkestron.Web.Features.Publishing;

/// <summary>The time windows of an agent's metrics.</summary>
internal static class MetricsWindow
{
    /// <summary>The default window.</summary>
    public const string Default = "24h";

    private static readonly Dictionary<string, TimeSpan> Windows = new(StringComparer.Ordinal)
    {
        ["1h"] = TimeSpan.FromHours(1),
        [Default] = TimeSpan.FromDays(1),
        ["7d"] = TimeSpan.FromDays(7),
        ["30d"] = TimeSpan.FromDays(30),
    };

    public static IReadOnlyCollection<string> Names => Windows.Keys;

    public static bool TryGet(string name, out TimeSpan window) => Windows.TryGetValue(name, out window);
}
