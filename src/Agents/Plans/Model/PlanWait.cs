using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Plans.Model;

/// <summary>How long a step waits. Pure, but for the time zones, which are the system's (tzdata).</summary>
internal static partial class PlanWait
{
    private const double MostSeconds = 31_536_000;

    private static readonly string[] Formats =
        ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    /// <summary>The time that is left; zero when it is over.</summary>
    /// <exception cref="AgentFailedException">It is not a valid duration or time.</exception>
    public static TimeSpan Delay(WaitStep wait, PlanScope scope, DateTimeOffset now)
    {
        if (wait.Seconds is { } template)
        {
            var seconds = PlanTemplate.Fill(template, scope);
            return seconds.ValueKind == JsonValueKind.Number && seconds.TryGetDouble(out var number)
                ? TimeSpan.FromSeconds(Math.Clamp(number, 0, MostSeconds))
                : throw Invalid($"Step {wait.Id} waits for a number of seconds; it was given {Short(seconds)}.");
        }

        var zone = wait.TimeZone is { } named ? PlanTemplate.Fill(named, scope) : (JsonElement?)null;
        var (at, fault) = Instant(PlanTemplate.Fill(wait.Until!.Value, scope), zone);
        return fault is null
            ? at > now ? at - now : TimeSpan.Zero
            : throw Invalid($"Step {wait.Id} waits until a time. {fault.Message}");
    }

    /// <summary>
    /// The instant of a time with its offset, or of a local time in a time zone. A local time that the clocks skip is moved on by
    /// the skipped hour; of one that occurs twice, the first is taken.
    /// </summary>
    public static (DateTimeOffset At, WaitFault? Fault) Instant(JsonElement until, JsonElement? timeZone)
    {
        if (until.ValueKind != JsonValueKind.String || Written().Match(until.GetString()!) is not { Success: true } parts
            || !DateTime.TryParseExact(
                parts.Groups["local"].Value, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return No($"A time is written like 2026-12-24T18:00+01:00, or 2026-12-24T18:00 with a timeZone; this is {Short(until)}.");
        }

        var offset = parts.Groups["offset"].Value;
        if (offset.Length > 0)
        {
            return timeZone is not null
                ? No("This time has its offset already: leave the offset or the timeZone out.")
                : Offset(offset) is { } given && Fits(local, given)
                    ? (new DateTimeOffset(local, given), null)
                    : No($"An offset is between -14:00 and +14:00; this is {offset}.");
        }

        if (timeZone is not { } zone)
        {
            return No("This time has no offset: add one, such as +01:00 or Z, or a timeZone, such as Europe/Berlin.");
        }

        var (rules, wrong) = Zone(zone);
        return rules is null ? (default, new WaitFault(wrong!, true))
            : Offset(local, rules) is var there && Fits(local, there) ? (new DateTimeOffset(local, there), null)
            : No("This time is out of range.");
    }

    private static TimeSpan Offset(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsAmbiguousTime(local))
        {
            return zone.GetAmbiguousTimeOffsets(local).Max();
        }

        if (!zone.IsInvalidTime(local))
        {
            return zone.GetUtcOffset(local);
        }

        // The offset from before the clocks went forward.
        var (before, after) = (zone.GetUtcOffset(local.AddHours(-25)), zone.GetUtcOffset(local.AddHours(25)));
        return before < after ? before : after;
    }

    private static (TimeZoneInfo? Zone, string? Fault) Zone(JsonElement named)
    {
        var id = named.ValueKind == JsonValueKind.String ? named.GetString()! : "";
        if (Name().IsMatch(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            return (zone, null);
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Berlin", out _)
            ? (null, $"There is no time zone {Short(named)}. A name of the IANA database is needed, such as Europe/Berlin.")
            : (null, "This node has no time zone data (tzdata): write the time with its offset, such as 2026-12-24T18:00+01:00.");
    }

    private static TimeSpan? Offset(string written) =>
        written is "Z" or "z" ? TimeSpan.Zero
        : TimeSpan.TryParseExact(written[1..], ["hh\\:mm", "hhmm", "hh"], CultureInfo.InvariantCulture, out var given)
            && given <= TimeSpan.FromHours(14) ? (written[0] == '-' ? -given : given)
        : null;

    private static bool Fits(DateTime local, TimeSpan offset) =>
        local.Ticks - offset.Ticks is >= 0 and var utc && utc <= DateTime.MaxValue.Ticks;

    private static string Short(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 60 ? text : TextCut.Head(text, 60) + "...";
    }

    private static AgentFailedException Invalid(string message) => new(message) { Code = "wait_invalid" };

    private static (DateTimeOffset, WaitFault?) No(string message) => (default, new WaitFault(message, false));

    [GeneratedRegex("^(?<local>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9:.]{5,16})(?<offset>[Zz]|[+-][0-9:]{2,6})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_+/-]{1,60}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}

/// <summary>Why a time is invalid.</summary>
internal sealed record WaitFault(string Message, bool OfZone);
