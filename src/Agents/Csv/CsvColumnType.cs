namespace Orkestron.Agents.Csv;

/// <summary>A type of a column, and how its texts become values of it.</summary>
/// <param name="Name">The type as results name it.</param>
/// <param name="Expression">The SQL for a quoted column of texts without blanks around them.</param>
internal sealed record CsvColumnType(string Name, Func<string, string> Expression)
{
    public static readonly CsvColumnType Text = new("varchar", static column => column);

    public static readonly CsvColumnType Boolean = new("boolean", static column => $"CAST({column} AS BOOLEAN)");

    /// <summary>The same for texts with blanks around them.</summary>
    public CsvColumnType Padded() => this with { Expression = column => Expression($"trim({column}, ' \t')") };
}
