using System.Collections.Immutable;

namespace Orkestron.Journal;

/// <summary>How a column is compared.</summary>
public enum RowTest
{
    /// <summary>Equal.</summary>
    Is,

    /// <summary>Less than or equal.</summary>
    AtMost,

    /// <summary>Greater than or equal.</summary>
    AtLeast,

    /// <summary>Text that contains the value, whatever its case.</summary>
    Contains,

    /// <summary>Equal to any of the values of a <c>string[]</c>.</summary>
    IsAnyOf,

    /// <summary>Another text: lower-case letters and hyphens. As <see cref="RowCondition"/> has it of an index.</summary>
    IsNot,
}

/// <summary>One condition on a row.</summary>
public sealed record RowFilter(string Column, RowTest Test, object Value);

/// <summary>A bounded read of projected rows: filters, one order, a keyset cursor.</summary>
/// <param name="Table">Where.</param>
public sealed record RowQuery(RowTable Table)
{
    /// <summary>Conditions, all of which hold.</summary>
    public ImmutableArray<RowFilter> Filters { get; init; } = [];

    /// <summary>Columns to order by; the key's columns when empty. End with a unique column when paging.</summary>
    public ImmutableArray<string> OrderBy { get; init; } = [];

    /// <summary>Whether the order is descending, in all its columns.</summary>
    public bool Descending { get; init; }

    /// <summary>Values of the order columns of the last row already seen; empty for the first page.</summary>
    public ImmutableArray<object> After { get; init; } = [];

    /// <summary>At most this many rows: 1 to 10,000.</summary>
    public int Limit { get; init; } = 100;

    public RowQuery Where(string column, RowTest test, object value) =>
        this with { Filters = Filters.Add(new RowFilter(column, test, value)) };
}
