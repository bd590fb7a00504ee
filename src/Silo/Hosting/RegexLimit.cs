namespace Orkestron.Silo.Hosting;

/// <summary>
/// Stops regular expressions that would run for ever, in any library. Patterns of agents' schemas have a limit of their own.
/// The limit is elapsed time, for the whole process: on a busy machine a harmless expression may be suspended
/// for a second. The runtime reads it once, so it is set before anything else runs.
/// </summary>
public static class RegexLimit
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(30);

    /// <summary>Sets the limit for expressions that have none of their own.</summary>
    public static void Set() => AppDomain.CurrentDomain.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", Most);
}
