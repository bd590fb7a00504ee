namespace Orkestron.Silo.Hosting;

/// <summary>
/// Ends regular expressions of agents' schemas that would run for ever. Read once by the runtime, so it is set before
/// anything else runs.
/// </summary>
public static class RegexLimit
{
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(250);

    /// <summary>Sets the limit for expressions that have none of their own.</summary>
    public static void Set() => AppDomain.CurrentDomain.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", Most);
}
