namespace Orkestron.Agents.Csv;

/// <summary>The shape of one number as it is written, read without changing a digit.</summary>
internal readonly ref struct CsvNumber
{
    /// <summary>Digits before the decimal sign.</summary>
    public int Integer { get; private init; }

    /// <summary>Digits behind the decimal sign.</summary>
    public int Fraction { get; private init; }

    /// <summary>Digits from the first to the last that is not zero; 0 for zero.</summary>
    public int Significant { get; private init; }

    /// <summary>The power of ten of the first significant digit.</summary>
    public int Magnitude { get; private init; }

    /// <summary>Whether there is a decimal sign.</summary>
    public bool Pointed { get; private init; }

    public bool Exponent { get; private init; }

    /// <summary>Whether the fraction ends in 0.</summary>
    public bool EndsInZero { get; private init; }

    /// <summary>What separates the thousands; NUL where nothing does.</summary>
    public char Group { get; private init; }

    public bool Negative { get; private init; }

    /// <summary>
    /// Whether its decimal sign cannot be taken for a thousands separator: 1,5 and 0,123 and 1.234,567, but not 1,234.
    /// </summary>
    public bool Proves => Pointed && Fraction > 0 && (Fraction != 3 || Group != '\0' || Integer is 0 or > 3 || LeadingZero);

    private bool LeadingZero { get; init; }

    /// <summary>
    /// Reads a number: an optional sign, digits, perhaps in groups of three, a decimal sign, an exponent. Codes are none:
    /// what begins with 0 and another digit, a telephone number with its +, and -0, whose sign an integer would lose.
    /// </summary>
    public static bool TryScan(ReadOnlySpan<char> text, char point, ReadOnlySpan<char> groups, out CsvNumber number)
    {
        number = default;
        var at = 0;
        var sign = text.Length > 0 && text[0] is '+' or '-' ? text[at++] : '\0';
        var digits = new Digits();
        var zeroFirst = at < text.Length && text[at] == '0';
        var (group, run) = ('\0', 0);
        for (; at < text.Length && text[at] != point && (text[at] | 0x20) != 'e'; at++)
        {
            var c = text[at];
            if (char.IsAsciiDigit(c))
            {
                digits.Add(c);
                run++;
                continue;
            }

            var fits = group == '\0' ? run is >= 1 and <= 3 && groups.Contains(c) : c == group && run == 3;
            if (!fits)
            {
                return false;
            }

            (group, run) = (c, 0);
        }

        var integer = digits.Count;
        if ((group != '\0' && run != 3) || (zeroFirst && integer > 1))
        {
            return false;
        }

        var pointed = at < text.Length && text[at] == point;
        for (at += pointed ? 1 : 0; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            digits.Add(text[at]);
        }

        var exponent = at < text.Length;
        var power = 0;
        if (digits.Count == 0 || (exponent && (group != '\0' || !TryPower(text[at..], out power))))
        {
            return false;
        }

        number = new CsvNumber
        {
            Integer = integer,
            Fraction = digits.Count - integer,
            Significant = digits.Significant,
            Magnitude = digits.Significant == 0 ? 0 : integer - digits.LeadingZeros + power,
            Pointed = pointed,
            Exponent = exponent,
            Group = group,
            Negative = sign == '-',
            LeadingZero = zeroFirst,
            EndsInZero = digits.Count > integer && digits.EndsInZero,
        };
        var whole = !pointed && !exponent;
        return !(whole && ((sign == '+' && integer > 7) || (sign == '-' && digits.Significant == 0)));
    }

    private static bool TryPower(ReadOnlySpan<char> text, out int power)
    {
        power = 0;
        if ((text[0] | 0x20) != 'e')
        {
            return false;
        }

        text = text[1..];
        var negative = text.Length > 0 && text[0] == '-';
        text = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        if (text.Length is 0 or > 5 || text.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        power = int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) * (negative ? -1 : 1);
        return true;
    }

    private struct Digits
    {
        private int _last;

        public int Count { get; private set; }

        public int LeadingZeros { get; private set; }

        public readonly bool EndsInZero => _last < Count;

        public readonly int Significant => _last == 0 ? 0 : _last - LeadingZeros;

        public void Add(char digit)
        {
            Count++;
            if (digit != '0')
            {
                _last = Count;
            }
            else if (_last == 0)
            {
                LeadingZeros++;
            }
        }
    }
}
