namespace Orkestron.Agents.Csv;

/// <summary>What all dates of a column have in common.</summary>
internal sealed class CsvDates
{
    private const int FirstShortYear = 69;
    private const int Microseconds = 6;

    private readonly bool[] _days = [true, true, true];
    private string _separators = "";
    private bool _timed;
    private bool _offset;
    private bool _local;
    private bool _long;
    private bool _short;
    private bool _farYear;
    private int _fraction;
    private int _leastShort = 99;
    private int _mostShort;

    /// <summary>Whether every value so far is a date.</summary>
    public bool Fit { get; private set; } = true;

    /// <summary>The order that the values themselves prove, for a day beyond 12; null where they fit both.</summary>
    public CsvDateOrder? Proven =>
        Days(CsvDateOrder.Ymd) ? CsvDateOrder.Ymd
        : Days(CsvDateOrder.Dmy) == Days(CsvDateOrder.Mdy) ? null
        : Days(CsvDateOrder.Dmy) ? CsvDateOrder.Dmy
        : CsvDateOrder.Mdy;

    /// <summary>Whether the values are instants, with an offset each.</summary>
    public bool Instants => _offset;

    /// <summary>Takes a value without blanks around it.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        if (!Fit)
        {
            return;
        }

        if (!CsvTimestamp.TryScan(text, out var timestamp))
        {
            Fit = false;
            return;
        }

        for (var order = CsvDateOrder.Ymd; order <= CsvDateOrder.Mdy; order++)
        {
            _days[Index(order)] &= timestamp.IsDay(order);
        }

        _timed |= timestamp.HasTime;
        _offset |= timestamp.HasOffset;
        _local |= !timestamp.HasOffset;
        _fraction = Math.Max(_fraction, timestamp.Fraction);
        _long |= !timestamp.ShortYear;
        _farYear |= (timestamp.YearFirst ? timestamp.Date.First : timestamp.Date.Third) is < 1678 or > 2261;
        if (timestamp.ShortYear)
        {
            _short = true;
            _leastShort = Math.Min(_leastShort, timestamp.Date.Third);
            _mostShort = Math.Max(_mostShort, timestamp.Date.Third);
        }

        if (!_separators.Contains(timestamp.Separator))
        {
            _separators += timestamp.Separator;
        }

        Fit = (_days[0] || _days[1] || _days[2]) && !(_offset && _local) && !(_long && _short);
    }

    /// <summary>The order to read the column in; null where it stays text.</summary>
    /// <param name="said">The order that was asked for, if any.</param>
    /// <param name="inferred">The order that other columns prove, if any.</param>
    public CsvDateOrder? Order(CsvDateOrder? said, CsvDateOrder? inferred)
    {
        // A year in front says the order itself; 2026.1.31 may be a version.
        if (Days(CsvDateOrder.Ymd))
        {
            return !_separators.Contains('.') || said == CsvDateOrder.Ymd ? CsvDateOrder.Ymd : null;
        }

        if (said is { } order)
        {
            return Days(order) ? order : null;
        }

        // 1.2.26 may be a chapter; dots are written with the day first.
        return _short ? null
            : Proven ?? (_separators == "." ? CsvDateOrder.Dmy : inferred is { } other && Days(other) ? other : null);
    }

    /// <summary>The type that keeps every part of every value; null where only text does.</summary>
    public CsvColumnType? Type(CsvDateOrder order)
    {
        var (word, type) = (_timed, _offset) switch
        {
            (false, _) => ("date", "DATE"),
            (_, true) => ("timestamptz", "TIMESTAMPTZ"),
            _ => _fraction <= Microseconds ? ("timestamp", "TIMESTAMP") : ("timestampns", "TIMESTAMP_NS"),
        };
        if ((_fraction > Microseconds && (_offset || _farYear)) || Year() is not { } year)
        {
            return null;
        }

        return new CsvColumnType(word, column => $"CAST({WithOffset(InOrder(column, order, year))} AS {type})");
    }

    // The century of years of two digits, as POSIX has it; null where the column crosses it.
    private string? Year() =>
        !_short ? ""
        : _mostShort < FirstShortYear ? "20"
        : _leastShort >= FirstShortYear ? "19"
        : null;

    private string InOrder(string column, CsvDateOrder order, string century)
    {
        var to = order switch
        {
            CsvDateOrder.Ymd => @"\1-\2-\3",
            CsvDateOrder.Dmy => century + @"\3-\2-\1",
            _ => century + @"\3-\1-\2",
        };
        return order == CsvDateOrder.Ymd && _separators == "-"
            ? column
            : $@"regexp_replace({column}, '^[ \t]*(\d+)\D(\d+)\D(\d+)', '{to}')";
    }

    // The database reads an offset behind seconds only, and without a blank before it.
    private string WithOffset(string text) => _offset
        ? $@"regexp_replace(regexp_replace({text}, '^([ \t]*\S+[ T]\d+:\d\d)[ \t]*(Z|[+-])', '\1:00\2'), '[ \t]+([+-])', '\1')"
        : text;

    private bool Days(CsvDateOrder order) => _days[Index(order)];

    private static int Index(CsvDateOrder order) => order - CsvDateOrder.Ymd;
}
