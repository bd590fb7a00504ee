namespace Orkestron.Journal.Writing;

/// <summary>A request in the writer's queue and the promise of its answer.</summary>
internal abstract class WriteItem(int rows, long bytes)
{
    // A caller's continuation must not run on the writer's loop: it would hold up everyone's commit.
    private readonly TaskCompletionSource<AppendResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Rows { get; } = rows;

    public long Bytes { get; } = bytes;

    /// <summary>The answer, if the batch being planned commits.</summary>
    public AppendResult Answer { get; set; }

    public Task<AppendResult> Completion => _done.Task;

    /// <summary>The appends in it.</summary>
    public virtual IEnumerable<AppendItem> Appends => [];

    public virtual void Acknowledge() => _done.TrySetResult(Answer);

    public virtual void Fail(Exception fault) => _done.TrySetException(fault);
}

internal sealed class AppendItem(Append append, int rows, long bytes) : WriteItem(rows, bytes)
{
    public Append Append { get; } = append;

    public override IEnumerable<AppendItem> Appends => [this];
}

/// <summary>Two appends of one transaction. Each has an answer of its own; the item itself has none.</summary>
internal sealed class LinkedItem(AppendItem first, AppendItem second, AppendLink link)
    : WriteItem(first.Rows + second.Rows, first.Bytes + second.Bytes)
{
    public AppendItem First { get; } = first;

    public AppendItem Second { get; } = second;

    public AppendLink Link { get; } = link;

    public override IEnumerable<AppendItem> Appends => [First, Second];

    public override void Acknowledge()
    {
        First.Acknowledge();
        Second.Acknowledge();
    }

    public override void Fail(Exception fault)
    {
        First.Fail(fault);
        Second.Fail(fault);
    }
}

internal sealed class StateItem(string key, long expectedVersion, byte[]? content, long bytes) : WriteItem(1, bytes)
{
    public string Key { get; } = key;

    public long ExpectedVersion { get; } = expectedVersion;

    /// <summary>The new content, or null to delete.</summary>
    public byte[]? Content { get; } = content;
}

/// <summary>Deletes a stream. It is a batch of its own.</summary>
internal sealed class DeleteStreamItem(string stream) : WriteItem(1, 100)
{
    public string Stream { get; } = stream;
}
