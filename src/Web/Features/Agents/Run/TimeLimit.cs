namespace Orkestron.Web.Features.Agents.Run;

/// <summary>The time limits that a run form offers.</summary>
internal static class TimeLimit
{
    public const string Field = "time-limit";

    public const string Help =
        "When the limit is reached, the run ends without a result and what is on hold is returned. In the default limit, time spent "
        + "waiting for your answers does not count, up to 30 days in total; in the other limits it does.";

    private static readonly (string Value, string Label, TimeSpan Time)[] Limits =
    [
        ("1h", "1 hour", TimeSpan.FromHours(1)),
        ("1d", "1 day", TimeSpan.FromDays(1)),
        ("7d", "7 days", TimeSpan.FromDays(7)),
        ("30d", "30 days", TimeSpan.FromDays(30)),
    ];

    public static IEnumerable<(string Value, string Label)> Choices =>
        Limits.Select(static limit => (limit.Value, limit.Label)).Prepend(("", "30 minutes of work"));

    /// <summary>How long a run may take; null for the default.</summary>
    public static TimeSpan? Of(string choice) =>
        Array.Find(Limits, limit => limit.Value == choice) is { Value: not null } limit ? limit.Time : null;
}
