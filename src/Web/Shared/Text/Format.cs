using System.Globalization;
using Orkestron.Contracts;

namespace Orkestron.Web.Shared.Text;

/// <summary>Formats amounts, durations and sizes for people.</summary>
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

    /// <summary>A time limit, for instance <c>30 min</c> or <c>1 h 30 min</c>.</summary>
    public static string Limit(TimeSpan span) => Duration(span) switch
    {
        var text when text.EndsWith(".0 s", StringComparison.Ordinal) => text.Replace(".0 s", " s", StringComparison.Ordinal),
        var text when text.EndsWith(" 0 s", StringComparison.Ordinal) => text[..^4],
        var text when text.EndsWith(" 0 min", StringComparison.Ordinal) => text[..^6],
        var text when text.EndsWith(" 0 h", StringComparison.Ordinal) => text[..^4],
        var text => text,
    };

    public static string Milliseconds(long? milliseconds) =>
        milliseconds is { } known ? Duration(TimeSpan.FromMilliseconds(known)) : "No runs yet";

    /// <summary>The success rate with the number of runs. Runs that failed because of their input are counted separately.</summary>
    public static string Success(long succeeded, long runs, long inputErrors)
    {
        var counted = runs - inputErrors;
        var more = inputErrors > 0 ? $"; {Count(inputErrors)} more failed because of their input" : "";
        return runs == 0 ? "No runs yet"
            : counted <= 0 ? $"{Count(inputErrors)} {(inputErrors == 1 ? "run" : "runs")}, failed because of the input"
            : string.Create(CultureInfo.InvariantCulture, $"{100d * succeeded / counted:0.#} % of {Count(counted)} {(counted == 1 ? "run" : "runs")}{more}");
    }

    /// <summary>An approximate time in the past.</summary>
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

    /// <summary>The beginning of an id, enough to recognise it.</summary>
    public static string Short(Guid id) => id.ToString("D")[..13] + "…";
}
