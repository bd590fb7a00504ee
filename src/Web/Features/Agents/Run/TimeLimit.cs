namespace Orkestron.Web.Features.Agents.Run;

/// <summary>How long a run may take, as its form offers it.</summary>
internal static class TimeLimit
{
    public const string Field = "time-limit";

    public const string Help =
        "When it is over the run ends without a result, and what was held comes back. By default the time that a run waits for you "
        + "does not count, up to 30 days in all; in any other limit it does.";

    private static readonly (string Value, string Words, TimeSpan Time)[] Limits =
    [
        ("1h", "1 hour", TimeSpan.FromHours(1)),
        ("1d", "1 day", TimeSpan.FromDays(1)),
        ("7d", "7 days", TimeSpan.FromDays(7)),
        ("30d", "30 days", TimeSpan.FromDays(30)),
    ];

    public static IEnumerable<(string Value, string Words)> Choices =>
        Limits.Select(static limit => (limit.Value, limit.Words)).Prepend(("", "30 minutes of work"));

    /// <summary>How long a run may take; null for the default.</summary>
    public static TimeSpan? Of(string choice) =>
        Array.Find(Limits, limit => limit.Value == choice) is { Value: not null } limit ? limit.Time : null;
}
