using System.Text;
using Orkestron.Domain.Tasks;

namespace Orkestron.Domain.Tasks;

/// <summary>
/// What is transient about a running task: queue places, progress, partial output. Kept once, whoever watches: a watcher
/// brings a cursor and gets what changed since, merged, so that a slow one holds no memory here.
/// </summary>
internal sealed class TaskLiveState(int maxCharacters)
{
    private readonly Dictionary<int, StepLiveState> _steps = [];

    // Of a step the run before, while it has written something of which the end is not known yet.
    private readonly Dictionary<int, StepLiveState> _before = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _clock;
    private long _runs;

    /// <summary>Completes at the next change.</summary>
    public Task Changed => _changed.Task;

    public StepLiveState? Of(int stepId) => _steps.GetValueOrDefault(stepId);

    /// <summary>The run before the one that is told of now, while it is not known how that ended; null when it wrote nothing.</summary>
    public StepLiveState? Before(int stepId) => _before.GetValueOrDefault(stepId);

    /// <summary>Wakes the watchers.</summary>
    public void Ring()
    {
        var before = _changed;
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        before.TrySetResult();
    }

    /// <summary>Takes a report in; one of a run before the one that is known is too late.</summary>
    /// <param name="report">What is told.</param>
    /// <param name="number">Which attempt that is, as people count.</param>
    public void Report(StepReport report, int number)
    {
        var known = _steps.GetValueOrDefault(report.StepId);
        if (known is not null && known.IsLater(report))
        {
            return;
        }

        var step = known is null || !known.Is(report)
            ? new StepLiveState { Attempt = report.Attempt, Run = ++_runs }
            : known;
        if (known is { Length: > 0 } && known != step)
        {
            _before[report.StepId] = known;
        }

        step.Take(report, number, ++_clock, maxCharacters);
        _steps[report.StepId] = step;
        Ring();
    }

    /// <summary>Drops what is known of a step: it ended, or begins anew.</summary>
    public void Forget(int stepId)
    {
        _steps.Remove(stepId);
        _before.Remove(stepId);
    }

    /// <summary>Drops what is known of a run that was lost, unless the next one has told of itself.</summary>
    public void Forget(int stepId, DateTimeOffset startedAt)
    {
        if (Of(stepId)?.StartedAt is { } began && began <= startedAt)
        {
            Forget(stepId);
        }
        else if (Before(stepId)?.StartedAt <= startedAt)
        {
            _before.Remove(stepId);
        }
    }

    public IEnumerable<KeyValuePair<int, StepLiveState>> Steps => _steps;
}

/// <summary>What is transient about one run of a step.</summary>
internal sealed class StepLiveState
{
    private readonly StringBuilder _text = new();
    // Where the text of the activation that reports now begins.
    private int _base;

    public required int Attempt { get; init; }

    /// <summary>Told apart from the runs before it by this.</summary>
    public required long Run { get; init; }

    /// <summary>Which attempt it is, as people count: from 1.</summary>
    public int Number { get; private set; } = 1;

    public int? QueuePosition { get; private set; }

    /// <summary>Whether it waits for its provider.</summary>
    public bool Away { get; private set; }

    /// <summary>While away: when the provider was there last; null for never.</summary>
    public DateTimeOffset? LastSeenAt { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public double? Percent { get; private set; }

    public string? Message { get; private set; }

    /// <summary>Rises with each change of the task's pulse.</summary>
    public long Version { get; private set; }

    public string Text => _text.ToString();

    public int Length => _text.Length;

    public string TextFrom(int offset) => _text.ToString(offset, _text.Length - offset);

    /// <summary>Whether a report is of a run before this one, or of the wait before it.</summary>
    public bool IsLater(StepReport report) => report.Attempt < Attempt
        || (report.Attempt == Attempt && StartedAt is { } began && !report.Away && !(report.StartedAt >= began));

    /// <summary>Whether a report is of this run.</summary>
    public bool Is(StepReport report) => report.Attempt == Attempt
        && (StartedAt is null || StartedAt == report.StartedAt || report.Continues);

    public void Take(StepReport report, int number, long version, int maxCharacters)
    {
        if (StartedAt is { } began && report.StartedAt > began)
        {
            _base = _text.Length;
        }

        (Number, Version) = (number, version);
        (QueuePosition, Away, LastSeenAt) = (report.QueuePosition, report.Away, report.LastSeenAt);
        StartedAt = report.StartedAt ?? StartedAt;
        Percent = report.Percent ?? Percent;
        Message = report.Message ?? Message;
        if (report.Text is { } text)
        {
            Write(_base + report.TextOffset, text, maxCharacters);
        }
    }

    // A lost report leaves a gap; the text after it is then kept where the text ends.
    private void Write(int offset, string text, int maxCharacters)
    {
        if (offset < _text.Length)
        {
            _text.Length = offset;
        }

        _text.Append(text.AsSpan(0, Math.Min(text.Length, Math.Max(0, maxCharacters - _text.Length))));
    }
}
