using Orkestron.Domain;
using Orkestron.Journal;

namespace Orkestron.Grains.Common;

/// <summary>
/// A grain's stream in the journal: its fold, and the way to append to it. Used from the grain's scheduler only.
/// </summary>
/// <remarks>
/// An append changes <see cref="State"/> at once, so that the next command decides on it, and completes when durable;
/// appends may be sent without awaiting the one before. What is staged joins the next append: for facts that may be lost
/// with the activation. After a failed append the fold holds what was never written:
/// the stream is broken, <c>onBroken</c> is called once (the grain deactivates), and the next activation reads the truth.
/// </remarks>
internal sealed class EventStream<TState, TEvent>(
    EventKind<TState, TEvent> kind, Guid id, IJournal journal, ISealer sealer, TimeProvider clock, Action onBroken)
    where TState : class
    where TEvent : class
{
    private const int ReadAtOnce = 500;

    private readonly string _name = $"{kind.Prefix}{id:N}";
    private readonly Queue<Recorded<TEvent>> _recent = new();
    private readonly List<Pending> _staged = [];
    private Task _sent = Task.CompletedTask;
    private Task _durable = Task.CompletedTask;
    private DateTimeOffset _lastAt;
    private long _snapshotVersion;
    private bool _broken;

    /// <summary>Its name in the journal.</summary>
    public string Name => _name;

    public TState State { get; private set; } = kind.Initial;

    /// <summary>The number of the last event, durable or on its way.</summary>
    public long Version { get; private set; }

    /// <summary>The newest events, oldest first, at most <see cref="EventKind{TState,TEvent}.KeepRecent"/>.</summary>
    public IReadOnlyCollection<Recorded<TEvent>> Recent => _recent;

    /// <summary>Whether all that <see cref="State"/> says is durable.</summary>
    public bool IsDurable => _staged.Count == 0 && _durable.IsCompletedSuccessfully;

    /// <summary>
    /// Sends what is staged and completes when all is durable: wait for it before telling what <see cref="State"/> says.
    /// </summary>
    public Task DurableAsync() => _staged.Count > 0 ? AppendAsync([]) : _durable;

    /// <summary>Reads snapshot and tail.</summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read now.</exception>
    /// <exception cref="UnreadableStreamException">A newer version wrote to it.</exception>
    public async Task LoadAsync()
    {
        var tail = await journal.LoadAsync(_name);
        if (tail.Snapshot is { } snapshot && !Take(snapshot))
        {
            await FoldAsync(snapshot.Version);
        }

        foreach (var stored in tail.Events)
        {
            Apply(await OpenAsync(State, stored));
        }
    }

    /// <returns>Whether the snapshot is of today's fold.</returns>
    private bool Take(StoredSnapshot snapshot)
    {
        try
        {
            if (EventCodec.ReadSnapshot(snapshot.Body.Span, kind.SnapshotJson!, kind.FoldVersion) is not { } state)
            {
                return false;
            }

            State = state;
            Version = _snapshotVersion = snapshot.Version;
            return true;
        }
        catch (InvalidDataException fault)
        {
            throw UnreadableStreamException.At(_name, snapshot.Version, "the snapshot at event", fault.Message);
        }
    }

    /// <summary>Folds the events up to a version anew.</summary>
    private async Task FoldAsync(long upTo)
    {
        while (Version < upTo)
        {
            var events = await journal.ReadAsync(_name, Version, (int)Math.Min(ReadAtOnce, upTo - Version));
            if (events.Count == 0)
            {
                throw UnreadableStreamException.At(_name, Version + 1, "event", "it is not there.");
            }

            foreach (var stored in events)
            {
                Apply(await OpenAsync(State, stored));
            }
        }
    }

    /// <summary>Reads events after a version from the store, contents opened.</summary>
    public async Task<IReadOnlyList<Recorded<TEvent>>> ReadAsync(long after, int limit)
    {
        await DurableAsync();
        var stored = await journal.ReadAsync(_name, after, limit);
        var recorded = new List<Recorded<TEvent>>(stored.Count);
        foreach (var each in stored)
        {
            recorded.Add(await OpenAsync(State, each));
        }

        return recorded;
    }

    /// <summary>Changes the state by a fact that is written with the next append, or when something durable is asked for.</summary>
    /// <exception cref="StreamBrokenException">This activation is to be dropped.</exception>
    public void Stage(TEvent fact)
    {
        if (_broken)
        {
            throw new StreamBrokenException();
        }

        var at = Now();
        _staged.Add(new Pending(fact, at, State));
        Apply(new Recorded<TEvent>(Version + 1, at, fact));
    }

    /// <summary>Appends what is staged, facts, and the rows that follow from the state after them.</summary>
    /// <param name="facts">What happened, in order.</param>
    /// <param name="rows">The rows that follow.</param>
    /// <param name="send">Gives the append its place in the journal's queue; null for the usual way.</param>
    /// <exception cref="StreamBrokenException">This activation is to be dropped: another one wrote, or the store failed.</exception>
    public Task AppendAsync(
        IReadOnlyList<TEvent> facts,
        Func<TState, IReadOnlyList<RowChange>>? rows = null,
        Func<Append, Task<Task<AppendResult>>>? send = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(facts.Count + _staged.Count, nameof(facts));
        if (_broken)
        {
            return Task.FromException(new StreamBrokenException());
        }

        var at = Now();
        var expected = Version - _staged.Count;
        var pending = new Pending[_staged.Count + facts.Count];
        _staged.CopyTo(pending);
        for (var i = 0; i < facts.Count; i++)
        {
            pending[_staged.Count + i] = new Pending(facts[i], at, State);
            Apply(new Recorded<TEvent>(Version + 1, at, facts[i]));
        }

        _staged.Clear();

        var append = new Append
        {
            Stream = _name,
            ExpectedVersion = expected,
            AppendId = Guid.CreateVersion7(at),
            Rows = rows?.Invoke(State) ?? [],
            Snapshot = SnapshotIfDue(),
        };
        return Follow(SendAsync(_sent, append, pending, send));
    }

    /// <summary>
    /// Makes the first append of a stream without changing the state. Nothing may be appended until it is accepted or given up.
    /// </summary>
    public async Task<PreparedAppend<TEvent>> PrepareAsync(IReadOnlyList<TEvent> facts, Func<TState, IReadOnlyList<RowChange>> rows)
    {
        var at = Now();
        var state = State;
        var pending = new Pending[facts.Count];
        for (var i = 0; i < facts.Count; i++)
        {
            pending[i] = new Pending(facts[i], at, state);
            state = kind.Apply(state, new Recorded<TEvent>(Version + i + 1, at, facts[i]));
        }

        var append = new Append
        {
            Stream = _name,
            ExpectedVersion = Version,
            AppendId = Guid.CreateVersion7(at),
            Rows = rows(state),
            Events = await SealAsync(pending),
        };
        return new(append, at, facts);
    }

    /// <summary>Changes the state by a prepared append and completes when that is durable.</summary>
    /// <param name="prepared">The append.</param>
    /// <param name="sent">Its way into the journal's queue when another grain sent it; null to send it now.</param>
    /// <exception cref="StreamBrokenException">This activation is to be dropped: another one wrote, or the store failed.</exception>
    public Task AcceptAsync(PreparedAppend<TEvent> prepared, Task<Task<AppendResult>>? sent = null)
    {
        if (_broken || Version != prepared.Append.ExpectedVersion)
        {
            return Task.FromException(new StreamBrokenException());
        }

        foreach (var fact in prepared.Facts)
        {
            Apply(new Recorded<TEvent>(Version + 1, prepared.At, fact));
        }

        return Follow(sent ?? Task.FromResult(journal.AppendAsync(prepared.Append)));
    }

    private Task Follow(Task<Task<AppendResult>> sent)
    {
        _sent = sent;
        return _durable = ConfirmAsync(sent);
    }

    // Sealing may have to fetch a key; the order in the journal's queue is kept by waiting for the send before.
    private async Task<Task<AppendResult>> SendAsync(
        Task previous, Append append, Pending[] pending, Func<Append, Task<Task<AppendResult>>>? send)
    {
        if (!previous.IsCompletedSuccessfully)
        {
            await previous;
        }

        append = append with { Events = await SealAsync(pending) };
        return send is null ? journal.AppendAsync(append) : await send(append);
    }

    private async ValueTask<NewEvent[]> SealAsync(Pending[] pending)
    {
        var events = new NewEvent[pending.Length];
        for (var i = 0; i < events.Length; i++)
        {
            var (fact, at, before) = pending[i];
            var content = kind.ContentOf(fact);
            var sealedContent = content is null
                ? []
                : await sealer.SealAsync(kind.SubjectOf(before, fact).ToString("N"), _name, content.Utf8);
            events[i] = new NewEvent(kind.TypeOf(fact), at, EventCodec.Write(fact, kind.EventJson), sealedContent);
        }

        return events;
    }

    private async Task ConfirmAsync(Task<Task<AppendResult>> sent)
    {
        try
        {
            var result = await await sent;
            if (result.Status == AppendStatus.Appended)
            {
                return;
            }
        }
        catch
        {
            Break();
            throw;
        }

        Break();
        throw new StreamBrokenException();
    }

    // Times within a stream never fall, although the silo that writes it next may have a clock that is behind.
    private DateTimeOffset Now()
    {
        var now = clock.GetMicrosecond();
        return now > _lastAt ? now : _lastAt;
    }

    private void Apply(Recorded<TEvent> recorded)
    {
        _lastAt = recorded.At > _lastAt ? recorded.At : _lastAt;
        State = kind.Apply(State, recorded);
        Version = recorded.Version;
        if (kind.KeepRecent > 0)
        {
            _recent.Enqueue(recorded);
            if (_recent.Count > kind.KeepRecent)
            {
                _recent.Dequeue();
            }
        }
    }

    private void Break()
    {
        if (!_broken)
        {
            _broken = true;
            onBroken();
        }
    }

    private async ValueTask<Recorded<TEvent>> OpenAsync(TState before, StoredEvent stored)
    {
        var fact = Read(stored);
        if (stored.Sealed.Length > 0)
        {
            var opened = await sealer.OpenAsync(kind.SubjectOf(before, fact).ToString("N"), _name, stored.Sealed);
            fact = kind.WithContent(fact, opened is null ? null : new Payload(opened));
        }

        return new Recorded<TEvent>(stored.Version, stored.At, fact);
    }

    private TEvent Read(StoredEvent stored)
    {
        try
        {
            return EventCodec.Read(stored.Body.Span, kind.EventJson);
        }
        catch (InvalidDataException fault)
        {
            throw UnreadableStreamException.At(_name, stored.Version, "event", $"{stored.Type}, {fault.Message}");
        }
    }

    private readonly record struct Pending(TEvent Fact, DateTimeOffset At, TState Before);

    private NewSnapshot? SnapshotIfDue()
    {
        if (kind.SnapshotJson is null || Version - _snapshotVersion < kind.SnapshotEvery)
        {
            return null;
        }

        _snapshotVersion = Version;
        return new NewSnapshot(EventCodec.Write(State, kind.SnapshotJson, kind.FoldVersion), default);
    }
}
