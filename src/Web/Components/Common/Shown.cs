using System.Globalization;
using Orkestron.Contracts;

namespace Orkestron.Web.Components.Common;

/// <summary>Amounts, durations and sizes as people read them.</summary>
internal static class Shown
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

    public static string Milliseconds(long? milliseconds) =>
        milliseconds is { } known ? Duration(TimeSpan.FromMilliseconds(known)) : "no runs yet";

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
