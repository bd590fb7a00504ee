namespace Orkestron.Agents.Csv;

/// <summary>Finds the types of the columns from all of their values, and says how numbers and dates were read.</summary>
internal sealed class CsvTyping(IReadOnlyList<string> names, CsvNumberFormat format, CsvDateOrder dateOrder)
{
    private readonly CsvColumnProfile[] _columns = [.. names.Select(_ => new CsvColumnProfile(format))];
    private readonly List<string> _notes = [];
    private readonly List<CsvColumn> _typed = [];
    private string _groups = "";

    /// <summary>Name and type of each column, once decided.</summary>
    public IReadOnlyList<CsvColumn> Columns => _typed;

    /// <summary>The decimal sign met; null where there is none.</summary>
    public CsvDecimal? Decimal { get; private set; }

    /// <summary>What separates thousands; null where nothing does.</summary>
    public CsvThousands? Thousands => _groups.Length == 0 ? null : CsvNumberFormat.WordOf(_groups[0]);

    /// <summary>The order of the dates; null where there are none.</summary>
    public CsvDateOrder? DateOrder { get; private set; }

    /// <summary>What a person should know about it.</summary>
    public IReadOnlyList<string> Notes => [.. _notes.Distinct()];

    public void Add(string[] record)
    {
        for (var i = 0; i < record.Length; i++)
        {
            _columns[i].Add(record[i]);
        }
    }

    /// <summary>The narrowest type of each column that keeps all its values exactly; text where there is none.</summary>
    public IReadOnlyList<CsvColumnType> Decide()
    {
        var point = format.Point ?? InferredPoint();
        CsvDateOrder? said = dateOrder == CsvDateOrder.Auto ? null : dateOrder;
        var inferred = _columns.Where(static c => c.Typed && c.Dates.Fit).Select(static c => c.Dates.Proven)
            .FirstOrDefault(static order => order is CsvDateOrder.Dmy or CsvDateOrder.Mdy);
        var types = _columns.Select((column, i) => Decide(column, names[i], point, said, inferred)).ToList();
        _typed.AddRange(types.Select((type, i) => new CsvColumn(names[i], type.Name)));
        return types;
    }

    /// <summary>Makes a column text after all, since the database cannot read all of its values.</summary>
    public CsvColumnType Withdraw(int column)
    {
        _typed[column] = new CsvColumn(names[column], CsvColumnType.Text.Name);
        _notes.Add($"Column {names[column]} stays text: not all of its values can be read as another type.");
        return CsvColumnType.Text;
    }

    private CsvColumnType Decide(CsvColumnProfile column, string name, char? point, CsvDateOrder? said, CsvDateOrder? inferred)
    {
        if (!column.Typed)
        {
            return CsvColumnType.Text;
        }

        var type = column.Boolean ? CsvColumnType.Boolean : Number(column, name, point) ?? Date(column.Dates, name, said, inferred);
        return type is null ? CsvColumnType.Text
            : column.Padded ? type.Padded()
            : type;
    }

    // The sign that some column proves while no other proves the other.
    private char? InferredPoint()
    {
        var points = _columns.Any(static c => c.Typed && c.WithPoint is { Fit: true, Proves: true });
        var commas = _columns.Any(static c => c.Typed && c.WithComma is { Fit: true, Proves: true });
        return points == commas ? null : points ? '.' : ',';
    }

    private CsvColumnType? Number(CsvColumnProfile column, string name, char? point)
    {
        var candidates = (point, format.Point) switch
        {
            (_, '.') => [column.WithPoint],
            (_, ',') => [column.WithComma],
            (',', _) => [column.WithComma, column.WithPoint],
            _ => (CsvNumbers[])[column.WithPoint, column.WithComma],
        };
        foreach (var numbers in candidates.Where(static numbers => numbers.Fit))
        {
            if (!IsClear(numbers, point))
            {
                _notes.Add($"Column {name} stays text: its commas or blanks may separate decimals or thousands. Say `decimal` or `thousands`.");
                return null;
            }

            var type = numbers.Type();
            if (type is null)
            {
                _notes.Add($"Column {name} stays text: as numbers its values would lose digits.");
                return null;
            }

            Note(numbers);
            return type;
        }

        return null;
    }

    // 1.234 reads with a point unless the file shows otherwise; 1,234 and 1 234 could be either.
    private bool IsClear(CsvNumbers numbers, char? point)
    {
        var plain = numbers.Groups.Length == 0 && (numbers.Point == '.' || !numbers.Pointed);
        var usual = numbers.Groups.Length == 0 || numbers.Groups == (numbers.Point == '.' ? "," : ".");
        return plain || numbers.Proves || (usual && numbers.Point == point)
            || (numbers.Groups.Length > 0 && format.Thousands != CsvThousands.Auto)
            || (usual && format.Point == numbers.Point);
    }

    private void Note(CsvNumbers numbers)
    {
        if (numbers.Pointed || numbers.Groups.Length > 0)
        {
            Decimal ??= numbers.Point == '.' ? CsvDecimal.Point : CsvDecimal.Comma;
            if ((Decimal == CsvDecimal.Point) != (numbers.Point == '.'))
            {
                _notes.Add("Some columns have a decimal point, others a decimal comma; each was read by its own.");
            }
        }

        _groups += numbers.Groups;
    }

    private CsvColumnType? Date(CsvDates dates, string name, CsvDateOrder? said, CsvDateOrder? inferred)
    {
        if (!dates.Fit)
        {
            return null;
        }

        if (dates.Order(said, inferred) is not { } order)
        {
            _notes.Add($"Column {name} stays text: the order of day, month and year is not clear. Say `dateOrder`.");
            return null;
        }

        if (dates.Type(order) is not { } type)
        {
            _notes.Add($"Column {name} stays text: as dates its values would lose a part.");
            return null;
        }

        DateOrder = DateOrder is null or CsvDateOrder.Ymd ? order : DateOrder;
        if (dates.Instants)
        {
            _notes.Add($"Column {name} holds times with an offset: they are instants, inferred in UTC.");
        }

        return type;
    }
}
