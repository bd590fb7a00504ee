using System.Globalization;
using Orkestron.Contracts;

namespace Orkestron.Web.Shared.Text;

/// <summary>Amounts, durations and sizes as people read them.</summary>
internal static class Format
{
    public static string Tokens(long micro) =>
        (micro / (decimal)Contracts.Tokens.MicroPerToken).ToString("#,0.######", CultureInfo.InvariantCulture);

    /// <summary>With a sign, for changes.</summary>
    public static string Change(long micro) => (micro > 0 ? "+" : micro < 0 ? "−" : "") + Tokens(Math.Abs(micro));

    public static string Duration(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.TotalMilliseconds):0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min {span.Seconds} s"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d {span.Hours} h"),
    };

    /// <summary>A limit: <c>30 min</c>, <c>1 h 30 min</c>.</summary>
    public static string Limit(TimeSpan span) => Duration(span) switch
    {
        var told when told.EndsWith(".0 s", StringComparison.Ordinal) => told.Replace(".0 s", " s", StringComparison.Ordinal),
        var told when told.EndsWith(" 0 s", StringComparison.Ordinal) => told[..^4],
        var told when told.EndsWith(" 0 min", StringComparison.Ordinal) => told[..^6],
        var told when told.EndsWith(" 0 h", StringComparison.Ordinal) => told[..^4],
        var told => told,
    };

    public static string Milliseconds(long? milliseconds) =>
        milliseconds is { } known ? Duration(TimeSpan.FromMilliseconds(known)) : "No runs yet";

    /// <summary>How often runs succeed, with their number; those whose input was the cause are told apart.</summary>
    public static string Success(long succeeded, long runs, long inputErrors)
    {
        var counted = runs - inputErrors;
        var more = inputErrors > 0 ? $"; {Count(inputErrors)} more ended by an error in the input" : "";
        return runs == 0 ? "No runs yet"
            : counted <= 0 ? $"{Count(inputErrors)} {(inputErrors == 1 ? "run" : "runs")}, ended by an error in the input"
            : string.Create(CultureInfo.InvariantCulture, $"{100d * succeeded / counted:0.#} % of {Count(counted)} {(counted == 1 ? "run" : "runs")}{more}");
    }

    /// <summary>How long ago, roughly.</summary>
    public static string Ago(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => "less than a minute ago",
        { TotalMinutes: < 60 } => Ago((int)span.TotalMinutes, "minute"),
        { TotalHours: < 48 } => Ago((int)span.TotalHours, "hour"),
        _ => Ago((int)span.TotalDays, "day"),
    };

    private static string Ago(int count, string unit) => $"{count} {unit}{(count == 1 ? "" : "s")} ago";

    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000d:0.#} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000d:0.#} MB"),
    };

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>The first characters of an id, enough to recognise it.</summary>
    public static string Short(Guid id) => id.ToString("D")[..13] + "…";
}
