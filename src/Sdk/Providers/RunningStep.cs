using System.Text;
using Orkestron.Contracts.Providers;

namespace Orkestron.Sdk.Providers;

/// <summary>A step assigned to this process: running, or ended and not yet acknowledged.</summary>
internal sealed class RunningStep : IDisposable
{
    private readonly StepAssignment _assignment;
    private readonly CancellationTokenSource _canceled = new();
    private readonly Lock _lock = new();
    private readonly HashSet<string> _tickets;
    private readonly StringBuilder _text = new();
    private double? _percent;
    private string? _message;
    private int _written;
    private volatile string _ticket;

    public RunningStep(StepAssignment assignment, TimeProvider clock)
    {
        (_assignment, _ticket, _tickets) = (assignment, assignment.Ticket, [assignment.Ticket]);
        (Name, Values) = (StepRunId.Of(assignment), new UnconfirmedValues(assignment, clock));
        Canceled = _canceled.Token;
    }

    public StepAssignment Assignment => _assignment;

    public StepRunId Name { get; }

    /// <summary>Recorded values that are not confirmed as durable.</summary>
    public UnconfirmedValues Values { get; }

    /// <summary>The latest ticket of the assignment.</summary>
    public string Ticket => _ticket;

    /// <summary>Sets the latest ticket. Replies to earlier messages carry earlier tickets.</summary>
    public void UseTicket(string ticket)
    {
        lock (_lock)
        {
            _tickets.Add(ticket);
            _ticket = ticket;
        }
    }

    public bool HasTicket(string ticket)
    {
        lock (_lock)
        {
            return _tickets.Contains(ticket);
        }
    }

    /// <summary>Cancelled when the result is no longer needed, or the step is returned.</summary>
    public CancellationToken Canceled { get; }

    public bool ReturnsToPlatform { get; private set; }

    public void Cancel(bool returnToPlatform = false)
    {
        ReturnsToPlatform |= returnToPlatform;
        _canceled.Cancel();
    }

    public void Report(double? percent, string message)
    {
        lock (_lock)
        {
            (_percent, _message) = (percent ?? _percent, message);
        }
    }

    /// <summary>Buffers text to be sent; text beyond the limit is dropped.</summary>
    public void Write(string text, int most)
    {
        lock (_lock)
        {
            var room = Math.Min(text.Length, most - _written);
            if (room > 0)
            {
                _text.Append(text.AsSpan(0, room));
                _written += room;
            }
        }
    }

    /// <summary>Takes the unsent progress, with a maximum of text in characters; null when there is none.</summary>
    public StepProgress? TakeProgress(int mostText)
    {
        lock (_lock)
        {
            if (_text.Length == 0 && _percent is null && _message is null)
            {
                return null;
            }

            var length = Math.Min(_text.Length, mostText);
            var progress = new StepProgress(_ticket, _percent, _message, length > 0 ? _text.ToString(0, length) : null);
            _text.Remove(0, length);
            (_percent, _message) = (null, null);
            return progress;
        }
    }

    public void Dispose() => _canceled.Dispose();
}

/// <summary>Identifies a run of a step independently of its tickets.</summary>
internal readonly record struct StepRunId(string Agent, string TaskId, int StepId, int Attempt, int Turn)
{
    public static StepRunId Of(StepAssignment step) => new(step.Agent, step.TaskId, step.StepId, step.Attempt, step.Turn);

    public static StepRunId Of(StepStop step) => new(step.Agent, step.TaskId, step.StepId, step.Attempt, step.Turn);
}
