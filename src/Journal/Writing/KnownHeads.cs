namespace Orkestron.Journal.Writing;

/// <summary>What the store holds about the streams and states of a batch.</summary>
internal sealed class KnownHeads
{
    /// <summary>Where each stream stands; absent when it does not exist.</summary>
    public Dictionary<string, long> Streams { get; } = new(StringComparer.Ordinal);

    /// <summary>Appends that already stand in the log, with their id, at the versions they ask for.</summary>
    public HashSet<AppendItem> Duplicates { get; } = [];

    public Dictionary<string, StoredState> States { get; } = new(StringComparer.Ordinal);
}
