using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Orkestron.Journal.Rows;

/// <summary>All declared row tables, checked.</summary>
internal sealed partial class RowTables
{
    private readonly FrozenDictionary<string, (RowTable Table, int[] Key, int[][] Indexes)> _tables;

    /// <exception cref="ArgumentException">A declaration is wrong; the message says how.</exception>
    public RowTables(IEnumerable<RowTable> declared)
    {
        var tables = new Dictionary<string, (RowTable, int[], int[][])>(StringComparer.Ordinal);
        foreach (var table in declared)
        {
            Check(table);
            int[] key = [.. Enumerable.Range(0, table.KeyColumns)];
            int[][] indexes = [.. table.Indexes.Select(index => index.Columns.Select(name => table.IndexOf(name)).ToArray())];
            if (!tables.TryAdd(table.Name, (table, key, indexes)) && !ReferenceEquals(tables[table.Name].Item1, table))
            {
                throw new ArgumentException($"Row table {table.Name} is declared twice. Declare it once.");
            }
        }

        _tables = tables.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public IEnumerable<RowTable> All => _tables.Values.Select(each => each.Table);

    public RowTable Find(string name) =>
        _tables.TryGetValue(name, out var found)
            ? found.Table
            : throw new ArgumentException($"Row table {name} is not declared. Register it: services.AddSingleton(table).");

    public int[] KeyOf(RowTable table) => _tables[table.Name].Key;

    public int[][] IndexesOf(RowTable table) => _tables[table.Name].Indexes;

    private static void Check(RowTable table)
    {
        if (!Identifier().IsMatch(table.Name) || table.Name.StartsWith("journal_", StringComparison.Ordinal)
            || table.Name.StartsWith("orleans", StringComparison.Ordinal)
            || table.Name.StartsWith("sqlite_", StringComparison.Ordinal)
            || table.Name.StartsWith("pg_", StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"Row table '{table.Name}': use lower-case snake case, up to 40 characters, without the prefixes "
                + "journal_, orleans, sqlite_ and pg_.");
        }

        if (table.KeyColumns < 1 || table.KeyColumns > table.Columns.Length || table.Columns.Length > 64)
        {
            throw new ArgumentException($"Row table {table.Name} needs 1 key column or more, and at most 64 columns.");
        }

        foreach (var condition in table.Indexes.Select(static index => index.Where).OfType<RowCondition>())
        {
            if (condition.Other is { } other
                && (!IsWord(other) || table.Columns[table.IndexOf(condition.Column)].Type != ColumnType.Text))
            {
                throw new ArgumentException(
                    $"An index of {table.Name} leaves out a text of {condition.Column}: use lower-case letters and hyphens, of a text column.");
            }

            _ = table.IndexOf(condition.Column);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in table.Columns)
        {
            if (!Identifier().IsMatch(column.Name) || !names.Add(column.Name))
            {
                throw new ArgumentException(
                    $"Column '{column.Name}' of {table.Name}: use lower-case snake case, up to 40 characters, each name once.");
            }
        }
    }

    /// <summary>Whether a text may stand in the SQL itself.</summary>
    public static bool IsWord(string text) => text.Length is > 0 and <= 40 && text.All(static c => c is (>= 'a' and <= 'z') or '-');

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$")]
    private static partial Regex Identifier();
}
