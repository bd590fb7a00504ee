namespace Orkestron.Journal;

/// <summary>What one decision changes, written all or nothing.</summary>
public sealed record Append
{
    /// <summary>The stream, at most 200 characters, for instance <c>task/0193…</c>.</summary>
    public required string Stream { get; init; }

    /// <summary>The version the stream must stand at: 0 for a new stream. The first event gets the next one.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>Names this append: the same id sent again at the same versions is answered as done, not as a conflict.</summary>
    public required Guid AppendId { get; init; }

    /// <summary>The facts, in order. May be empty, when only rows change: such an append is not fenced.</summary>
    public IReadOnlyList<NewEvent> Events { get; init; } = [];

    /// <summary>Rows written in the same transaction. The last change of a row in a batch wins.</summary>
    public IReadOnlyList<RowChange> Rows { get; init; } = [];

    /// <summary>The fold after these events, or null.</summary>
    public NewSnapshot? Snapshot { get; init; }
}

/// <summary>A fact to append.</summary>
/// <param name="Type">A stable name, for instance <c>task.submitted</c>; at most 100 characters.</param>
/// <param name="At">When it happened, UTC, kept to the microsecond.</param>
/// <param name="Body">The facts, readable for ever. Its first byte names the format.</param>
/// <param name="Sealed">Personal content as ciphertext, or empty.</param>
public sealed record NewEvent(string Type, DateTimeOffset At, ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Sealed);

/// <summary>A fact as it stands in the log.</summary>
public sealed record StoredEvent(
    string Stream,
    long Version,
    Guid AppendId,
    string Type,
    DateTimeOffset At,
    ReadOnlyMemory<byte> Body,
    ReadOnlyMemory<byte> Sealed);

/// <summary>A fold to keep, so that a load need not read the whole stream. It stands at the version of the append's last event.</summary>
public sealed record NewSnapshot(ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Sealed);

/// <summary>A fold as it stands in the store.</summary>
public sealed record StoredSnapshot(long Version, ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Sealed);

/// <summary>The newest snapshot and the events after it.</summary>
public sealed record StreamTail(StoredSnapshot? Snapshot, IReadOnlyList<StoredEvent> Events)
{
    /// <summary>The version the stream stands at; 0 when it does not exist.</summary>
    public long Version => Events.Count > 0 ? Events[^1].Version : Snapshot?.Version ?? 0;
}

/// <summary>How an append ended.</summary>
public enum AppendStatus
{
    /// <summary>Durable.</summary>
    Appended,

    /// <summary>The stream stands at another version. Nothing was written.</summary>
    Conflict,
}

/// <summary>The answer to an append.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Version">Where the stream now stands.</param>
public readonly record struct AppendResult(AppendStatus Status, long Version);

/// <summary>How two appends that are written together depend on each other.</summary>
public enum AppendLink
{
    /// <summary>Both are written, or neither: when one meets a conflict, both are answered so.</summary>
    Both,

    /// <summary>The first is written whatever becomes of the second; the second only with the first.</summary>
    FirstAlone,
}

/// <summary>The answers to two appends that were sent to be written together.</summary>
public readonly record struct LinkedAnswers(Task<AppendResult> First, Task<AppendResult> Second);
