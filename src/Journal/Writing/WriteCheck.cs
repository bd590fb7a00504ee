using System.Text;
using Orkestron.Journal.Rows;

namespace Orkestron.Journal.Writing;

/// <summary>
/// Refuses what a store could not write, before it enters a batch: one bad request must not fail its neighbours.
/// </summary>
internal sealed class WriteCheck(RowTables tables, JournalOptions options)
{
    // What a row costs beside its content.
    private const int Overhead = 64;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">The append cannot be written; the message says why.</exception>
    public AppendItem Check(Append append)
    {
        Name(append.Stream, 200, "stream");
        Version(append.ExpectedVersion);
        if (append.Events.Count > options.MaxAppendEvents || append.Rows.Count > options.MaxAppendRows)
        {
            throw new ArgumentException(
                $"An append holds at most {options.MaxAppendEvents} events and {options.MaxAppendRows} rows; "
                + $"this one holds {append.Events.Count} and {append.Rows.Count}. Split it.");
        }

        if (append.Events.Count == 0 && append.Snapshot is not null)
        {
            throw new ArgumentException("A snapshot stands at the last event of its append; this append has no events.");
        }

        long bytes = 0;
        foreach (var each in append.Events)
        {
            Name(each.Type, 100, "event type");
            bytes += each.Body.Length + each.Sealed.Length + Overhead;
        }

        foreach (var change in append.Rows)
        {
            bytes += Row(change) + Overhead;
        }

        bytes += append.Snapshot is { } snapshot ? snapshot.Body.Length + snapshot.Sealed.Length + Overhead : 0;
        Size(bytes);
        return new AppendItem(append, append.Events.Count + append.Rows.Count + 1, bytes);
    }

    /// <exception cref="ArgumentException">The two cannot be written together; the message says why.</exception>
    public static LinkedItem Link(AppendItem first, AppendItem second, AppendLink link)
    {
        if (first.Append.Events.Count == 0 || second.Append.Events.Count == 0)
        {
            throw new ArgumentException("Linked appends have events: an append of rows alone cannot meet a conflict.");
        }

        return first.Append.Stream == second.Append.Stream
            ? throw new ArgumentException($"Linked appends go to two streams; both go to {first.Append.Stream}. Send one append.")
            : new LinkedItem(first, second, link);
    }

    /// <exception cref="ArgumentException">The state cannot be written; the message says why.</exception>
    public StateItem Check(string key, long expectedVersion, byte[]? content)
    {
        Name(key, 400, "state key");
        Version(expectedVersion);
        var bytes = (content?.Length ?? 0) + Overhead;
        Size(bytes);
        return new StateItem(key, expectedVersion, content, bytes);
    }

    public static DeleteStreamItem CheckDeletion(string stream)
    {
        Name(stream, 200, "stream");
        return new DeleteStreamItem(stream);
    }

    private static void Name(string? name, int limit, string what)
    {
        if (string.IsNullOrEmpty(name) || name.Length > limit)
        {
            throw new ArgumentException($"A {what} has 1 to {limit} characters; this one has {name?.Length ?? 0}.");
        }

        Utf8Length(name, what);
    }

    private static void Version(long version)
    {
        if (version < 0)
        {
            throw new ArgumentException($"An expected version is 0 or more; this one is {version}.");
        }
    }

    private void Size(long bytes)
    {
        if (bytes > options.MaxAppendBytes)
        {
            throw new ArgumentException($"One write holds at most {options.MaxAppendBytes} bytes; this one holds {bytes}.");
        }
    }

    private long Row(RowChange change)
    {
        var table = tables.Find(change.Table.Name);
        var expected = change.Deletes ? table.KeyColumns : table.Columns.Length;
        if (change.Values.Length != expected)
        {
            throw new ArgumentException(
                $"A row of {table.Name} takes {expected} values here; {change.Values.Length} were given.");
        }

        Span<long> sizes = stackalloc long[expected];
        long bytes = 0;
        for (var i = 0; i < expected; i++)
        {
            bytes += sizes[i] = Value(table, i, change.Values[i]);
        }

        Indexed(table, tables.KeyOf(table), sizes);
        if (!change.Deletes)
        {
            foreach (var index in tables.IndexesOf(table))
            {
                Indexed(table, index, sizes);
            }
        }

        return bytes;
    }

    private void Indexed(RowTable table, int[] columns, Span<long> sizes)
    {
        long sum = 0;
        foreach (var column in columns)
        {
            sum += sizes[column];
        }

        if (sum > options.MaxIndexedBytes)
        {
            throw new ArgumentException(
                $"Columns of {table.Name} that are indexed together hold at most {options.MaxIndexedBytes} bytes; "
                + $"these hold {sum}. Shorten them.");
        }
    }

    private static long Value(RowTable table, int column, object? value) =>
        (value, table.Columns[column].Type) switch
        {
            (null, _) when column < table.KeyColumns =>
                throw new ArgumentException($"{table.Name}.{table.Columns[column].Name} is a key: it is never null."),
            (null, _) => 0,
            (string text, ColumnType.Text) => Utf8Length(text, $"{table.Name}.{table.Columns[column].Name}"),
            (long, ColumnType.Integer) => 8,
            (byte[] bytes, ColumnType.Bytes) => bytes.Length,
            _ => throw new ArgumentException(
                $"{table.Name}.{table.Columns[column].Name} holds {table.Columns[column].Type}; a {value.GetType()} was "
                + "given. Text is a string, Integer a long, Bytes a byte[]."),
        };

    private static int Utf8Length(string text, string what)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"A {what} holds the character U+0000, which a store cannot keep. Remove it.");
        }

        try
        {
            return Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException($"A {what} holds half a surrogate pair: it is not Unicode text. Remove it.");
        }
    }
}
