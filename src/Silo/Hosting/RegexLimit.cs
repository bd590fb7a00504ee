namespace Orkestron.Silo.Hosting;

/// <summary>
/// Ends regular expressions that would run for ever, in whatever library. Patterns of agents' schemas have a limit of their own.
/// It is time by the clock, for all of the process: on a machine that is short of processors a harmless expression may be kept
/// waiting for a second. Read once by the runtime, so it is set before anything else runs.
/// </summary>
public static class RegexLimit
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(30);

    /// <summary>Sets the limit for expressions that have none of their own.</summary>
    public static void Set() => AppDomain.CurrentDomain.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", Most);
}
