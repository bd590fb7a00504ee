namespace Orkestron.Agents.Csv;

/// <summary>What the values of one column can be, gathered value by value.</summary>
internal sealed class CsvColumnProfile(CsvNumberFormat format)
{
    private bool _boolean = true;
    private bool _text;

    /// <summary>Values that are not empty.</summary>
    public int Filled { get; private set; }

    public CsvNumbers WithPoint { get; } = new('.', format.GroupsOf('.'));

    public CsvNumbers WithComma { get; } = new(',', format.GroupsOf(','));

    public CsvDates Dates { get; } = new();

    /// <summary>Whether all values are true or false.</summary>
    public bool Boolean => _boolean && Filled > 0;

    /// <summary>Whether there are blanks around a value.</summary>
    public bool Padded { get; private set; }

    /// <summary>Whether the values can be something else than text.</summary>
    public bool Typed => !_text && Filled > 0;

    public void Add(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return;
        }

        Filled++;
        if (_text)
        {
            return;
        }

        var text = value.Trim(" \t");
        Padded |= text.Length < value.Length;
        WithPoint.Add(text);
        WithComma.Add(text);
        Dates.Add(text);
        _boolean = _boolean
            && (text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase));
        _text = !(WithPoint.Fit || WithComma.Fit || Dates.Fit || _boolean);
    }
}
