namespace Orkestron.Journal.Rows;

/// <summary>The key of a row, compared by value; ordered so that two processes lock rows in the same order.</summary>
internal readonly struct RowKey(object?[] values, int columns) : IEquatable<RowKey>, IComparable<RowKey>
{
    private readonly object?[] _values = values;
    private readonly int _columns = columns;

    public bool Equals(RowKey other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is RowKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        for (var i = 0; i < _columns; i++)
        {
            if (_values[i] is byte[] bytes)
            {
                hash.AddBytes(bytes);
            }
            else
            {
                hash.Add(_values[i]);
            }
        }

        return hash.ToHashCode();
    }

    public int CompareTo(RowKey other)
    {
        for (var i = 0; i < _columns; i++)
        {
            var order = (_values[i], other._values[i]) switch
            {
                (string a, string b) => string.CompareOrdinal(a, b),
                (long a, long b) => a.CompareTo(b),
                (byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b),
                _ => throw new InvalidOperationException("The keys of one table have the same types."),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
