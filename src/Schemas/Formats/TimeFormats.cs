using System.Globalization;
using System.Text.RegularExpressions;

namespace Orkestron.Schemas.Formats;

/// <summary>Dates and times of RFC 3339; durations of its appendix A, with parts of a second.</summary>
internal static partial class TimeFormats
{
    public static bool IsDateTime(string text) => text.Length > 11 && text[10] is 'T' or 't' && IsDate(text[..10]) && IsTime(text[11..]);

    public static bool IsDate(string text) => Date().Match(text) is { Success: true } date
        && Number(date, 2) is >= 1 and <= 12 and var month
        // The year 0 has the days of the year 4.
        && Number(date, 3) is >= 1 and var day && day <= DateTime.DaysInMonth(Number(date, 1) is > 0 and var year ? year : 4, month);

    public static bool IsTime(string text)
    {
        if (Time().Match(text) is not { Success: true } time
            || Number(time, 1) is not (<= 23 and var hour) || Number(time, 2) is not (<= 59 and var minute)
            || Number(time, 3) is not (<= 60 and var second))
        {
            return false;
        }

        var shift = 0;
        if (time.Groups[4].Success)
        {
            var (hours, minutes) = (Number(time, 5), Number(time, 6));
            if (hours > 23 || minutes > 59)
            {
                return false;
            }

            shift = ((hours * 60) + minutes) * (time.Groups[4].Value == "-" ? -1 : 1);
        }

        // A leap second is the last of a day in UTC.
        return second < 60 || (((hour * 60) + minute - shift + 2_880) % 1_440) == 1_439;
    }

    public static bool IsDuration(string text) => Duration().IsMatch(text);

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^([0-9]{4})-([0-9]{2})-([0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex(@"^([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex(
        @"^P(?:[0-9]+W|(?=[0-9T])(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)?(?:T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+(?:\.[0-9]+)?S)?)?|[0-9]+M(?:[0-9]+(?:\.[0-9]+)?S)?|[0-9]+(?:\.[0-9]+)?S))?)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
