namespace Orkestron.Journal.Rows;

/// <summary>Checks a query against the declared table, so that no store is asked what it cannot answer.</summary>
internal static class QueryCheck
{
    // Of one IsAnyOf.
    private const int MaxValues = 1_000;

    /// <exception cref="ArgumentException">The query is wrong; the message says how.</exception>
    public static RowQuery Check(RowTables tables, RowQuery query)
    {
        var table = tables.Find(query.Table.Name);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 10_000, nameof(query));
        foreach (var filter in query.Filters)
        {
            Filter(table, filter);
        }

        if (query.OrderBy.IsEmpty)
        {
            query = query with { OrderBy = [.. table.Columns.Take(table.KeyColumns).Select(column => column.Name)] };
        }

        if (!query.After.IsEmpty && query.After.Length != query.OrderBy.Length)
        {
            throw new ArgumentException(
                $"A cursor over {table.Name} takes one value for each of: {string.Join(", ", query.OrderBy)}.");
        }

        for (var i = 0; i < query.OrderBy.Length; i++)
        {
            var column = table.Columns[table.IndexOf(query.OrderBy[i])];
            if (!query.After.IsEmpty && !Holds(column.Type, query.After[i]))
            {
                throw Mismatch(table, column, query.After[i]);
            }
        }

        return query;
    }

    /// <exception cref="ArgumentException">The column is not one of integers.</exception>
    public static void Summable(RowTable table, string column)
    {
        if (table.Columns[table.IndexOf(column)].Type != ColumnType.Integer)
        {
            throw new ArgumentException($"{table.Name}.{column} does not hold integers: it has no sum.");
        }
    }

    private static void Filter(RowTable table, RowFilter filter)
    {
        var column = table.Columns[table.IndexOf(filter.Column)];
        var fits = filter.Test switch
        {
            RowTest.IsNot => column.Type == ColumnType.Text && filter.Value is string word && RowTables.IsWord(word),
            RowTest.Contains => column.Type == ColumnType.Text && filter.Value is string,
            RowTest.IsAnyOf => column.Type == ColumnType.Text && filter.Value is string[] { Length: <= MaxValues } values
                && Array.TrueForAll(values, value => value is not null),
            _ => Holds(column.Type, filter.Value),
        };
        if (!fits)
        {
            throw Mismatch(table, column, filter.Value);
        }
    }

    private static bool Holds(ColumnType type, object? value) => (type, value) switch
    {
        (ColumnType.Text, string) or (ColumnType.Integer, long) or (ColumnType.Bytes, byte[]) => true,
        _ => false,
    };

    private static ArgumentException Mismatch(RowTable table, RowColumn column, object? value) =>
        new($"{table.Name}.{column.Name} holds {column.Type} and cannot be compared with {value?.GetType().Name ?? "null"} "
            + $"by this test (IsAnyOf takes up to {MaxValues} texts).");
}
