using System.Text.Json.Serialization.Metadata;

namespace Orkestron.Domain;

/// <summary>An event as it stands in a stream.</summary>
/// <param name="Version">Its number, from 1, without gaps.</param>
/// <param name="At">When it happened, UTC.</param>
/// <param name="Event">The fact.</param>
internal readonly record struct Recorded<TEvent>(long Version, DateTimeOffset At, TEvent Event);

/// <summary>How one kind of stream is read and written: its names, its fold, what of it is personal.</summary>
/// <typeparam name="TState">The fold; immutable.</typeparam>
/// <typeparam name="TEvent">The base of the events, with JSON discriminators that are never reused.</typeparam>
internal sealed record EventKind<TState, TEvent>
    where TState : class
    where TEvent : class
{
    /// <summary>What the names of the streams begin with, for instance <c>task/</c>.</summary>
    public required string Prefix { get; init; }

    public required JsonTypeInfo<TEvent> EventJson { get; init; }

    /// <summary>The event's stable name.</summary>
    public required Func<TEvent, string> TypeOf { get; init; }

    /// <summary>The state of a stream without events.</summary>
    public required TState Initial { get; init; }

    public required Func<TState, Recorded<TEvent>, TState> Apply { get; init; }

    /// <summary>Personal content that is sealed beside the event, if any.</summary>
    public Func<TEvent, Payload?> ContentOf { get; init; } = static _ => null;

    /// <summary>Puts opened content back; null content means that its subject was erased.</summary>
    public Func<TEvent, Payload?, TEvent> WithContent { get; init; } = static (fact, _) => fact;

    /// <summary>Whose content it is, seen from the state before the event and the event.</summary>
    public Func<TState, TEvent, Guid> SubjectOf { get; init; } = static (_, _) => Guid.Empty;

    /// <summary>For folds that are kept as snapshots: how. Null for none. The fold then holds nothing personal.</summary>
    public JsonTypeInfo<TState>? SnapshotJson { get; init; }

    /// <summary>
    /// The version of the fold, 1 to 255: raise it with every change of what the fold keeps or makes of an event. Snapshots
    /// of an earlier fold are not used; the events are folded again.
    /// </summary>
    public byte FoldVersion { get; init; } = 1;

    /// <summary>A snapshot after each so many events.</summary>
    public int SnapshotEvery { get; init; } = 200;

    /// <summary>How many of the newest events are kept in memory for readers.</summary>
    public int KeepRecent { get; init; }
}
