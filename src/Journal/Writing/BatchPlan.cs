using Orkestron.Journal.Rows;

namespace Orkestron.Journal.Writing;

internal readonly record struct PlannedEvent(string Stream, long Version, Guid AppendId, NewEvent Event);

/// <summary>One state's change: from the version it must stand at, to a version and content, or to none.</summary>
internal readonly record struct PlannedState(long ExpectedVersion, long Version, byte[]? Content);

/// <summary>What one transaction writes.</summary>
internal sealed class BatchPlan
{
    /// <summary>Streams that must have an event at this version: the one before the first event the batch adds.</summary>
    public Dictionary<string, long> Fences { get; } = new(StringComparer.Ordinal);

    public List<PlannedEvent> Events { get; } = [];

    public Dictionary<string, (long Version, NewSnapshot Snapshot)> Snapshots { get; } = new(StringComparer.Ordinal);

    /// <summary>Row changes by table and key. The last change of a row wins.</summary>
    public Dictionary<string, Dictionary<RowKey, RowChange>> Rows { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, PlannedState> States { get; } = new(StringComparer.Ordinal);

    public string? DeletedStream { get; set; }

    public bool IsEmpty =>
        Events.Count == 0 && Rows.Count == 0 && States.Count == 0 && DeletedStream is null;

    public void Add(RowChange change)
    {
        if (!Rows.TryGetValue(change.Table.Name, out var table))
        {
            Rows.Add(change.Table.Name, table = []);
        }

        table[new RowKey(change.Values, change.Table.KeyColumns)] = change;
    }
}
