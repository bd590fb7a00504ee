using System.Text;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Grains.Tasks;

/// <summary>
/// What is transient about a running task: queue places, progress, partial output. Kept once, whoever watches: a watcher
/// brings a cursor and gets what changed since, merged, so that a slow one holds no memory here.
/// </summary>
internal sealed class TaskPulse(int maxCharacters)
{
    private readonly Dictionary<int, StepPulse> _steps = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _clock;

    /// <summary>Completes at the next change.</summary>
    public Task Changed => _changed.Task;

    public StepPulse? Of(int stepId) => _steps.GetValueOrDefault(stepId);

    /// <summary>Wakes the watchers.</summary>
    public void Ring()
    {
        var before = _changed;
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        before.TrySetResult();
    }

    public void Report(StepReport report)
    {
        var step = _steps.TryGetValue(report.StepId, out var known) && known.Attempt == report.Attempt
            ? known
            : new StepPulse { Attempt = report.Attempt };
        step.QueuePosition = report.QueuePosition;
        step.StartedAt = report.StartedAt ?? step.StartedAt;
        step.Percent = report.Percent ?? step.Percent;
        step.Message = report.Message ?? step.Message;
        step.Version = ++_clock;
        if (report.Text is { } text)
        {
            step.Write(report.TextOffset, text, maxCharacters);
        }

        _steps[report.StepId] = step;
        Ring();
    }

    /// <summary>Drops what is known of a step: it ended, or begins anew.</summary>
    public void Forget(int stepId) => _steps.Remove(stepId);

    public IEnumerable<KeyValuePair<int, StepPulse>> Steps => _steps;
}

/// <summary>What is transient about one attempt.</summary>
internal sealed class StepPulse
{
    private readonly StringBuilder _text = new();

    public required int Attempt { get; init; }

    public int? QueuePosition { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public double? Percent { get; set; }

    public string? Message { get; set; }

    /// <summary>Rises with each change of the task's pulse.</summary>
    public long Version { get; set; }

    public string Text => _text.ToString();

    public int Length => _text.Length;

    public string TextFrom(int offset) => _text.ToString(offset, _text.Length - offset);

    // A lost report leaves a gap; the text after it is then kept where the text ends.
    public void Write(int offset, string text, int maxCharacters)
    {
        if (offset < _text.Length)
        {
            _text.Length = offset;
        }

        _text.Append(text.AsSpan(0, Math.Min(text.Length, Math.Max(0, maxCharacters - _text.Length))));
    }
}
