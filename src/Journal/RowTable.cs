using System.Collections.Immutable;

namespace Orkestron.Journal;

/// <summary>What a column holds: null, or this.</summary>
public enum ColumnType
{
    /// <summary>A <see cref="string"/>.</summary>
    Text,

    /// <summary>A <see cref="long"/>; an instant is microseconds since 1970, UTC.</summary>
    Integer,

    /// <summary>A <see cref="byte"/> array.</summary>
    Bytes,
}

/// <summary>A column of a projected table.</summary>
/// <param name="Name">Lower case, snake case.</param>
/// <param name="Type">What it holds.</param>
public sealed record RowColumn(string Name, ColumnType Type);

/// <summary>An index over columns, in order.</summary>
/// <param name="Columns">The column names.</param>
public sealed record RowIndex(params ImmutableArray<string> Columns)
{
    /// <summary>Which rows are in it; null for all. A query uses it only when the same condition is among its own.</summary>
    public RowCondition? Where { get; init; }
}

/// <summary>A condition of the rows in an index.</summary>
/// <param name="Column">The column.</param>
/// <param name="Other">The text that it does not hold: lower-case letters and hyphens. Null: it holds anything at all.</param>
public sealed record RowCondition(string Column, string? Other = null);

/// <summary>
/// A table of rows projected from events, in the same transaction. Declared by the feature that writes it; the journal
/// creates it. A new column is added to an existing table, with null in old rows; no column is ever dropped.
/// </summary>
/// <param name="Name">Lower case, snake case.</param>
/// <param name="KeyColumns">How many leading columns are the primary key: 1 or more.</param>
/// <param name="Columns">The columns, key first.</param>
/// <param name="Indexes">Secondary indexes.</param>
public sealed record RowTable(
    string Name, int KeyColumns, ImmutableArray<RowColumn> Columns, ImmutableArray<RowIndex> Indexes)
{
    /// <summary>Indexes that an earlier build made and that nothing needs any more: they are dropped.</summary>
    public ImmutableArray<RowIndex> Dropped { get; init; } = [];

    /// <summary>Where a column stands in the table, 0 for the first.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    internal int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Length; i++)
        {
            if (Columns[i].Name == column)
            {
                return i;
            }
        }

        throw new ArgumentException($"Row table {Name} has no column {column}.");
    }

    /// <summary>A change that inserts the row, or replaces the one with its key.</summary>
    /// <param name="values">A value for each column, in order: null, string, long or byte[].</param>
    public RowChange Put(params object?[] values) => new(this, values, Deletes: false);

    /// <summary>A change that deletes the row with this key, if there is one.</summary>
    public RowChange Delete(params object[] key) => new(this, key, Deletes: true);

    /// <summary>A query over the whole table; narrow it with <c>with</c>.</summary>
    public RowQuery Query() => new(this);
}

/// <summary>A row written or deleted with the events that cause it.</summary>
/// <param name="Table">Where.</param>
/// <param name="Values">All columns, or the key columns for a deletion.</param>
/// <param name="Deletes">Whether the row goes.</param>
public sealed record RowChange(RowTable Table, object?[] Values, bool Deletes);

/// <summary>A row as read.</summary>
/// <param name="Values">All columns, in the table's order.</param>
public sealed record Row(object?[] Values)
{
    public string Text(int column) => (string)Values[column]!;

    public string? TextOrNull(int column) => (string?)Values[column];

    public long Integer(int column) => (long)Values[column]!;

    public long? IntegerOrNull(int column) => (long?)Values[column];
}
