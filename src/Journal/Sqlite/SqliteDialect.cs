using Orkestron.Journal.Rows;

namespace Orkestron.Journal.Sqlite;

internal sealed class SqliteDialect : SqlDialect
{
    /// <summary>A function that every reading connection registers: SQLite's own LIKE folds ASCII only.</summary>
    public const string ContainsFunction = "journal_contains";

    public static readonly SqliteDialect Instance = new();

    public override string Sum(string column) => $"coalesce(sum({column}), 0)";

    public override string Contains(string column, string value) => $"{ContainsFunction}({column}, {value})";

    public override string IsAnyOf(string column, string[] values, Func<object, string> add) =>
        values.Length == 0 ? "0" : $"{column} IN ({string.Join(", ", values.Select(add))})";
}
