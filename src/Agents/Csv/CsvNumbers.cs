using System.Globalization;

namespace Orkestron.Agents.Csv;

/// <summary>What all numbers of a column have in common, read with one decimal sign.</summary>
internal sealed class CsvNumbers(char point, string groups)
{
    private const int DoubleDigits = 15;
    private const int DoublePowers = 300;
    private const int DecimalDigits = 38;
    private const int MoneyFraction = 6;

    private int _integer;
    private int _fraction;
    private int _leastFraction = int.MaxValue;
    private int _significant;
    private bool _exponent;
    private bool _endsInZero;
    private bool _negativeZero;
    private bool _beyondDouble;
    private bool _beyondLong;
    private string _groups = "";

    public char Point => point;

    /// <summary>Whether every value so far is a number.</summary>
    public bool Fit { get; private set; } = true;

    /// <summary>Whether a value cannot be read with the other decimal sign.</summary>
    public bool Proves { get; private set; }

    /// <summary>Whether a value has a decimal sign.</summary>
    public bool Pointed { get; private set; }

    /// <summary>What separates thousands in the column.</summary>
    public string Groups => _groups;

    /// <summary>Takes a value without blanks around it.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        if (!Fit)
        {
            return;
        }

        if (!CsvNumber.TryScan(text, point, groups, out var number))
        {
            Fit = false;
            return;
        }

        _integer = Math.Max(_integer, number.Integer);
        _fraction = Math.Max(_fraction, number.Fraction);
        _leastFraction = Math.Min(_leastFraction, number.Fraction);
        _endsInZero |= number.EndsInZero;
        _significant = Math.Max(_significant, number.Significant);
        _exponent |= number.Exponent;
        _negativeZero |= number.Negative && number.Significant == 0;
        _beyondDouble |= Math.Abs(number.Magnitude) > DoublePowers;
        _beyondLong |= number.Integer > 18
            && (number.Group != '\0' || !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));
        Pointed |= number.Pointed;
        Proves |= number.Proves;
        if (number.Group != '\0' && !_groups.Contains(number.Group))
        {
            _groups += number.Group;
        }
    }

    /// <summary>The type that keeps every digit of every value; null where only text does.</summary>
    public CsvColumnType? Type()
    {
        if (!Pointed && !_exponent)
        {
            return !_beyondLong ? Of("bigint", "BIGINT")
                : _integer <= DecimalDigits ? Of("hugeint", "HUGEINT")
                : null;
        }

        var small = _significant <= DoubleDigits && !_beyondDouble;
        // 19.90 and 5.00 are amounts: their zeros, and their sums, stay as they are.
        var amounts = _endsInZero && _fraction == _leastFraction && _fraction <= MoneyFraction;
        if (small && (!amounts || _exponent || _negativeZero))
        {
            return Of("double", "DOUBLE");
        }

        return !_exponent && !_negativeZero && _integer + _fraction <= DecimalDigits
            ? Of("decimal", string.Create(CultureInfo.InvariantCulture, $"DECIMAL({_integer + _fraction},{_fraction})"))
            : null;
    }

    private CsvColumnType Of(string word, string type)
    {
        var plain = point == '.' && _groups.Length == 0;
        // The decimal sign becomes a point, what separates thousands goes.
        var from = (point + _groups).Replace("'", "''", StringComparison.Ordinal);
        return new CsvColumnType(word, column => plain
            ? $"CAST({column} AS {type})"
            : $"CAST(translate({column}, '{from}', '.') AS {type})");
    }
}
