using System.Runtime.CompilerServices;
using Orkestron.Journal;

namespace Orkestron.Grains.Tests.Common;

/// <summary>A journal in memory that keeps appends waiting until they are let through, to test what overlaps.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly Dictionary<string, List<StoredEvent>> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredSnapshot> _snapshots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, object?[]>> _rows = new(StringComparer.Ordinal);
    private readonly Queue<Request> _waiting = new();
    private readonly List<string> _queries = [];
    private readonly Dictionary<(string Table, string Key), int> _written = [];
    private readonly Lock _lock = new();

    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _holds;

    /// <summary>Reads of rows so far whose conditions name somebody: other grains of the silo read when they want to.</summary>
    public int QueriesOf(Guid id)
    {
        lock (_lock)
        {
            return _queries.Count(query => query.Contains(id.ToString(), StringComparison.Ordinal)
                || query.Contains(id.ToString("N"), StringComparison.Ordinal));
        }
    }

    /// <summary>How many appends wait, two that are linked as one.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>How often a row has been written, by its key.</summary>
    public int Writes(RowTable table, string key)
    {
        lock (_lock)
        {
            return _written.GetValueOrDefault((table.Name, key));
        }
    }

    /// <summary>Completes with the next append that comes after <see cref="Hold"/>.</summary>
    public Task WaitingAsync(CancellationToken cancellationToken) => _arrival.Task.WaitAsync(cancellationToken);

    public Task<AppendResult> AppendAsync(Append append)
    {
        var done = NewAnswer();
        lock (_lock)
        {
            _waiting.Enqueue(new(append, done, null, null, default));
        }

        Arrived();
        return done.Task;
    }

    public LinkedAnswers AppendLinked(Append first, Append second, AppendLink link)
    {
        var (one, two) = (NewAnswer(), NewAnswer());
        lock (_lock)
        {
            _waiting.Enqueue(new(first, one, second, two, link));
        }

        Arrived();
        return new(one.Task, two.Task);
    }

    /// <summary>Allows appends wait from now on.</summary>
    public void Hold()
    {
        _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _holds = true;
    }

    /// <summary>Allows all through that wait, and all that come.</summary>
    public void Release()
    {
        _holds = false;
        Commit();
    }

    /// <summary>Allows through what waits.</summary>
    public void Commit()
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var next))
            {
                Commit(next);
            }
        }
    }

    /// <summary>Loses what is not durable and says so, as a store that goes away does.</summary>
    public void Fail()
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var next))
            {
                next.Done.SetException(new JournalUnavailableException());
                next.SecondDone?.SetException(new JournalUnavailableException());
            }
        }
    }

    public ValueTask<StreamTail> LoadAsync(string stream, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(Load(stream));
        }
    }

    private StreamTail Load(string stream)
    {
        var snapshot = _snapshots.GetValueOrDefault(stream);
        return new(snapshot, [.. Events(stream).Where(each => each.Version > (snapshot?.Version ?? 0))]);
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(
        string stream, long afterVersion, int limit, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new([.. Events(stream).Where(each => each.Version > afterVersion).Take(limit)]);
        }
    }

    public ValueTask<IReadOnlyList<Row>> QueryAsync(RowQuery query, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _queries.Add(string.Join(' ', query.Filters.Select(static filter => filter.Value)));
            return new(Query(query));
        }
    }

    private List<Row> Query(RowQuery query)
    {
        var order = query.OrderBy.IsEmpty
            ? [.. Enumerable.Range(0, query.Table.KeyColumns)]
            : query.OrderBy.Select(name => Column(query.Table, name)).ToArray();
        var sign = query.Descending ? -1 : 1;
        var rows = Matching(query).ToList();
        rows.Sort((a, b) => sign * Compare([.. order.Select(i => a[i])], [.. order.Select(i => b[i])]));
        var after = rows.Where(row =>
            query.After.IsEmpty || sign * Compare([.. order.Select(i => row[i])], [.. query.After]) > 0);
        return [.. after.Take(query.Limit).Select(values => new Row(values))];
    }

    public ValueTask<long> SumAsync(RowQuery query, string column, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(Matching(query).Sum(row => (long)row[Column(query.Table, column)]!));
        }
    }

    public ValueTask<long> CountAsync(RowQuery query, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(Matching(query).LongCount());
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask<IReadOnlyList<StoredEvent>> ReadBackAsync(
        string stream, long beforeVersion, int limit, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new([.. Events(stream).Where(each => each.Version < beforeVersion).Reverse().Take(limit)]);
        }
    }

    public async IAsyncEnumerable<StoredEvent> ScanAsync(
        string streamPrefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        StoredEvent[] found;
        lock (_lock)
        {
            found = [.. _streams.Where(pair => pair.Key.StartsWith(streamPrefix, StringComparison.Ordinal))
                .SelectMany(pair => pair.Value)];
        }

        foreach (var each in found)
        {
            yield return each;
        }
    }

    public Task DeleteStreamAsync(string stream, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _streams.Remove(stream);
            _snapshots.Remove(stream);
        }

        return Task.CompletedTask;
    }

    /// <summary>Puts a row beside every rule, as a fault in the store would.</summary>
    public void Tamper(RowChange change)
    {
        lock (_lock)
        {
            Put(change);
        }
    }

    private static TaskCompletionSource<AppendResult> NewAnswer() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Arrived()
    {
        if (_holds)
        {
            _arrival.TrySetResult();
        }
        else
        {
            Commit();
        }
    }

    private void Commit(Request next)
    {
        if (next.Second is not { } second)
        {
            next.Done.SetResult(Commit(next.First));
            return;
        }

        var fits = (First: Fits(next.First), Second: Fits(second));
        var both = fits.First && fits.Second;
        next.Done.SetResult(both || (fits.First && next.Link == AppendLink.FirstAlone) ? Commit(next.First) : Conflict(next.First));
        next.SecondDone!.SetResult(both ? Commit(second) : Conflict(second));
    }

    private bool Fits(Append append) => append.Events.Count == 0 || Events(append.Stream).Count == append.ExpectedVersion;

    private AppendResult Conflict(Append append) => new(AppendStatus.Conflict, Events(append.Stream).Count);

    private AppendResult Commit(Append append)
    {
        var events = Events(append.Stream);
        if (!Fits(append))
        {
            return Conflict(append);
        }

        foreach (var each in append.Events)
        {
            events.Add(new(
                append.Stream, events.Count + 1, append.AppendId, each.Type, each.At, each.Body, each.Sealed));
        }

        if (append.Snapshot is { } snapshot)
        {
            _snapshots[append.Stream] = new(events.Count, snapshot.Body, snapshot.Sealed);
        }

        foreach (var change in append.Rows)
        {
            Put(change);
        }

        return new(AppendStatus.Appended, events.Count);
    }

    private void Put(RowChange change)
    {
        var key = string.Join('\n', change.Values.Take(change.Table.KeyColumns));
        _written[(change.Table.Name, key)] = _written.GetValueOrDefault((change.Table.Name, key)) + 1;
        if (change.Deletes)
        {
            Rows(change.Table).Remove(key);
        }
        else
        {
            Rows(change.Table)[key] = change.Values;
        }
    }

    private IEnumerable<object?[]> Matching(RowQuery query)
    {
        var tests = query.Filters.Select(filter => (Column(query.Table, filter.Column), Test(filter))).ToArray();
        return Rows(query.Table).Values.Where(row => Array.TrueForAll(tests, test => test.Item2(row[test.Item1])));
    }

    private static Func<object?, bool> Test(RowFilter filter)
    {
        var any = filter.Test == RowTest.IsAnyOf ? ((string[])filter.Value).ToHashSet(StringComparer.Ordinal) : [];
        return filter.Test switch
        {
            RowTest.Is => value => Equals(value, filter.Value),
            RowTest.IsNot => value => value is not null && !Equals(value, filter.Value),
            RowTest.AtMost => value => value is not null && Compare([value], [filter.Value]) <= 0,
            RowTest.AtLeast => value => value is not null && Compare([value], [filter.Value]) >= 0,
            RowTest.IsAnyOf => value => value is string text && any.Contains(text),
            _ => throw new NotSupportedException($"{filter.Test} is not needed here."),
        };
    }

    private List<StoredEvent> Events(string stream)
    {
        if (!_streams.TryGetValue(stream, out var events))
        {
            _streams[stream] = events = [];
        }

        return events;
    }

    private Dictionary<string, object?[]> Rows(RowTable table)
    {
        if (!_rows.TryGetValue(table.Name, out var rows))
        {
            _rows[table.Name] = rows = new(StringComparer.Ordinal);
        }

        return rows;
    }

    private static int Column(RowTable table, string name) => table.Columns.Select(column => column.Name).ToList().IndexOf(name);

    private static int Compare(object?[] a, object?[] b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            var order = (a[i], b[i]) switch
            {
                (string x, string y) => string.CompareOrdinal(x, y),
                (long x, long y) => x.CompareTo(y),
                _ => throw new InvalidOperationException("Keys are texts and integers."),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private sealed record Request(
        Append First,
        TaskCompletionSource<AppendResult> Done,
        Append? Second,
        TaskCompletionSource<AppendResult>? SecondDone,
        AppendLink Link);
}
