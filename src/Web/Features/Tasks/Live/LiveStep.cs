using System.Text;
using System.Text.Json;
using Orkestron.Contracts.Tasks;

namespace Orkestron.Web.Features.Tasks.Live;

/// <summary>
/// The transient state of one step, merged: its last position in the queue, its last progress and its partial output so far.
/// A viewer that joins late or reads slowly gets all of it in at most three events.
/// </summary>
/// <param name="generation">Distinguishes this output from earlier output of the same step. Increases with each update of the task.</param>
internal sealed class LiveStep(long generation = 1)
{
    private readonly StringBuilder _text = new();
    private TaskEvent? _queued;
    private TaskEvent? _progress;
    private TaskEvent? _output;
    private TaskEvent? _tail;
    private int _tailFrom;
    private long _queuedAt;
    private long _progressAt;
    private long _outputAt;
    private long _rewrites = generation;

    /// <summary>Merges an update.</summary>
    /// <param name="update">Transient, of this step.</param>
    /// <param name="tick">Increases with each update of the task.</param>
    public void Merge(TaskEvent update, long tick)
    {
        switch (update.Type)
        {
            case "step.queued":
                (_queued, _queuedAt) = (update, tick);
                break;
            case "step.away":
                // Earlier progress is void: nobody works on the step now.
                (_queued, _queuedAt, _progress) = (update, tick, null);
                break;
            case "step.output":
                Write(update);
                (_output, _outputAt) = (update, tick);
                break;
            default:
                (_queued, _progress, _progressAt) = (null, update, tick);
                break;
        }
    }

    /// <summary>The events that a viewer at a cursor has not seen.</summary>
    /// <param name="seen">The viewer's cursor into this step; advanced.</param>
    /// <param name="sequence">The last journaled sequence the viewer has.</param>
    public IEnumerable<TaskEvent> After(LiveCursor seen, long sequence)
    {
        if (_queued is not null && _queuedAt > seen.Tick)
        {
            yield return After(_queued, sequence);
        }

        if (_progress is not null && _progressAt > seen.Tick)
        {
            yield return After(_progress, sequence);
        }

        if (_output is not null && _outputAt > seen.Tick)
        {
            var offset = seen.Rewrites == _rewrites ? Math.Min(seen.Length, _text.Length) : 0;
            yield return After(OutputFrom(offset), sequence);
        }

        (seen.Tick, seen.Length, seen.Rewrites) = (Math.Max(_queuedAt, Math.Max(_progressAt, _outputAt)), _text.Length, _rewrites);
    }

    private static TaskEvent After(TaskEvent each, long sequence) =>
        each.Sequence == sequence ? each : each with { Sequence = sequence };

    // Viewers that keep up need the same text, so it is serialised once for all of them.
    private TaskEvent OutputFrom(int offset)
    {
        if (_tail is null || _tailFrom != offset)
        {
            _tailFrom = offset;
            _tail = _output! with
            {
                Data = JsonSerializer.SerializeToElement(new
                {
                    offset,
                    text = _text.ToString(offset, _text.Length - offset),
                    attempt = _output.Data.TryGetProperty("attempt", out var attempt) ? attempt.GetInt32() : 1,
                }),
            };
        }

        return _tail;
    }

    // An offset before the end replaces the text after it: another attempt began, or the sender restarted.
    private void Write(TaskEvent update)
    {
        _tail = null;
        var offset = Math.Clamp(update.Data.GetProperty("offset").GetInt32(), 0, _text.Length);
        if (offset < _text.Length)
        {
            _text.Length = offset;
            _rewrites++;
        }

        _text.Append(update.Data.GetProperty("text").GetString());
    }
}

/// <summary>How much of a step's transient state a viewer has seen.</summary>
internal sealed class LiveCursor
{
    public long Tick { get; set; }

    public int Length { get; set; }

    public long Rewrites { get; set; }
}
