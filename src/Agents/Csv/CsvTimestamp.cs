using System.Globalization;

namespace Orkestron.Agents.Csv;

/// <summary>A date as it is written, perhaps with a time of day and an offset.</summary>
internal readonly struct CsvTimestamp
{
    /// <summary>The three numbers of the date, as they come.</summary>
    public (int First, int Second, int Third) Date { get; private init; }

    /// <summary>Whether the year comes first.</summary>
    public bool YearFirst { get; private init; }

    /// <summary>Whether the year, which comes last, has two digits.</summary>
    public bool ShortYear { get; private init; }

    public char Separator { get; private init; }

    public bool HasTime { get; private init; }

    public bool HasSeconds { get; private init; }

    /// <summary>Digits of the fraction of a second.</summary>
    public int Fraction { get; private init; }

    public bool HasOffset { get; private init; }

    /// <summary>Reads <c>2026-01-31</c>, <c>31.1.2026</c> or <c>1/31/2026</c>, then perhaps <c>10:15</c>, seconds and an offset.</summary>
    public static bool TryScan(ReadOnlySpan<char> text, out CsvTimestamp timestamp)
    {
        timestamp = default;
        var rest = text;
        if (!TryNumber(ref rest, 4, out var first, out var firstDigits) || rest.IsEmpty)
        {
            return false;
        }

        var separator = rest[0];
        if (separator is not ('-' or '/' or '.'))
        {
            return false;
        }

        var yearFirst = firstDigits == 4;
        rest = rest[1..];
        if (!TryNumber(ref rest, 2, out var second, out _) || rest.IsEmpty || rest[0] != separator)
        {
            return false;
        }

        rest = rest[1..];
        if (!TryNumber(ref rest, yearFirst ? 2 : 4, out var third, out var thirdDigits)
            || firstDigits == 3 || (!yearFirst && thirdDigits is not (2 or 4)))
        {
            return false;
        }

        timestamp = new CsvTimestamp
        {
            Date = (first, second, third),
            YearFirst = yearFirst,
            ShortYear = !yearFirst && thirdDigits == 2,
            Separator = separator,
        };
        return rest.IsEmpty || TryTime(rest, ref timestamp);
    }

    /// <summary>Whether there is such a day.</summary>
    public bool IsDay(CsvDateOrder order)
    {
        var (year, month, day) = order switch
        {
            CsvDateOrder.Ymd => Date,
            CsvDateOrder.Dmy => (Date.Third, Date.Second, Date.First),
            _ => (Date.Third, Date.First, Date.Second),
        };
        year += ShortYear ? 2000 : 0;
        return YearFirst == (order == CsvDateOrder.Ymd)
            && year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }

    private static bool TryTime(ReadOnlySpan<char> rest, ref CsvTimestamp timestamp)
    {
        if (rest[0] is not (' ' or 'T'))
        {
            return false;
        }

        rest = rest[1..];
        if (!TryTwo(ref rest, 23, out var digits) || digits == 0 || !TryColon(ref rest) || !TryTwo(ref rest, 59, out digits) || digits != 2)
        {
            return false;
        }

        var seconds = TryColon(ref rest);
        var fraction = 0;
        if (seconds)
        {
            if (!TryTwo(ref rest, 59, out digits) || digits != 2)
            {
                return false;
            }

            if (rest is ['.', ..])
            {
                rest = rest[1..];
                fraction = Digits(rest);
                if (fraction is 0 or > 9)
                {
                    return false;
                }

                rest = rest[fraction..];
            }
        }

        timestamp = timestamp with { HasTime = true, HasSeconds = seconds, Fraction = fraction, HasOffset = !rest.IsEmpty };
        return rest.IsEmpty || rest is ['Z'] || IsOffset(rest);
    }

    // +02, +0200 or +02:00, perhaps after a blank.
    private static bool IsOffset(ReadOnlySpan<char> rest)
    {
        rest = rest[0] == ' ' ? rest[1..] : rest;
        if (rest is not ['+' or '-', _, _, ..] || Digits(rest[1..3]) != 2)
        {
            return false;
        }

        var minutes = rest[3..];
        minutes = minutes is [':', ..] ? minutes[1..] : minutes;
        return int.Parse(rest[1..3], NumberStyles.None, CultureInfo.InvariantCulture) <= 15
            && (rest.Length == 3 || (Digits(minutes) == 2 && minutes.Length == 2 && minutes[0] <= '5'));
    }

    private static bool TryColon(ref ReadOnlySpan<char> rest)
    {
        if (rest is not [':', ..])
        {
            return false;
        }

        rest = rest[1..];
        return true;
    }

    private static bool TryTwo(ref ReadOnlySpan<char> rest, int most, out int digits) =>
        TryNumber(ref rest, 2, out var value, out digits) && value <= most;

    private static bool TryNumber(ref ReadOnlySpan<char> rest, int most, out int value, out int digits)
    {
        digits = Math.Min(Digits(rest), most + 1);
        value = 0;
        if (digits == 0 || digits > most)
        {
            return false;
        }

        value = int.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
        rest = rest[digits..];
        return true;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
