namespace Orkestron.Agents.Csv;

/// <summary>What the input says about numbers.</summary>
internal sealed record CsvNumberFormat(CsvDecimal Decimal, CsvThousands Thousands)
{
    private const string Spaces = " \u00A0\u202F\u2009";
    private const string Apostrophes = "'\u2019";

    public static readonly CsvNumberFormat Auto = new(CsvDecimal.Auto, CsvThousands.Auto);

    /// <summary>The decimal sign that was said, or that follows from the thousands; null to find it.</summary>
    public char? Point => (Decimal, Thousands) switch
    {
        (CsvDecimal.Point, _) => '.',
        (CsvDecimal.Comma, _) => ',',
        (_, CsvThousands.Comma) => '.',
        (_, CsvThousands.Point) => ',',
        _ => null,
    };

    /// <summary>What may separate thousands in numbers with a decimal sign.</summary>
    public string GroupsOf(char point) => Thousands switch
    {
        CsvThousands.None => "",
        CsvThousands.Comma => point == ',' ? "" : ",",
        CsvThousands.Point => point == '.' ? "" : ".",
        CsvThousands.Space => Spaces,
        CsvThousands.Apostrophe => Apostrophes,
        _ => (point == ',' ? "." : ",") + Spaces + Apostrophes,
    };

    /// <summary>How the input would say what separates thousands.</summary>
    public static CsvThousands WordOf(char group) => group switch
    {
        ',' => CsvThousands.Comma,
        '.' => CsvThousands.Point,
        _ => Apostrophes.Contains(group) ? CsvThousands.Apostrophe : CsvThousands.Space,
    };
}
