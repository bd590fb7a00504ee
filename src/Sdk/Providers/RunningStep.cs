using System.Text;
using Orkestron.Contracts.Providers;

namespace Orkestron.Sdk.Providers;

/// <summary>A step that this process has been handed: running, or ended and not yet acknowledged.</summary>
internal sealed class RunningStep : IDisposable
{
    private readonly StepAssignment _assignment;
    private readonly CancellationTokenSource _unwanted = new();
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
        (Name, Values) = (StepName.Of(assignment), new UnconfirmedValues(assignment, clock));
        Unwanted = _unwanted.Token;
    }

    public StepAssignment Assignment => _assignment;

    public StepName Name { get; }

    /// <summary>What it has recorded that is not known to be durable.</summary>
    public UnconfirmedValues Values { get; }

    /// <summary>The newest name that the platform gave it.</summary>
    public string Ticket => _ticket;

    /// <summary>The platform names it anew; answers to what was sent before carry the older name.</summary>
    public void Rename(string ticket)
    {
        lock (_lock)
        {
            _tickets.Add(ticket);
            _ticket = ticket;
        }
    }

    public bool Knows(string ticket)
    {
        lock (_lock)
        {
            return _tickets.Contains(ticket);
        }
    }

    /// <summary>Cancelled when nobody wants the answer any more, or it is handed back.</summary>
    public CancellationToken Unwanted { get; }

    public bool HandBack { get; private set; }

    public void Cancel(bool handBack = false)
    {
        HandBack |= handBack;
        _unwanted.Cancel();
    }

    public void Tell(double? percent, string message)
    {
        lock (_lock)
        {
            (_percent, _message) = (percent ?? _percent, message);
        }
    }

    /// <summary>Keeps text to be sent; what is over the limit is dropped.</summary>
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

    /// <summary>What there is to report, at most so many characters of text; null when nothing.</summary>
    public StepProgress? Take(int mostText)
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

    public void Dispose() => _unwanted.Dispose();
}

/// <summary>Names a run of a step, whatever its ticket.</summary>
internal readonly record struct StepName(string Agent, string TaskId, int StepId, int Attempt, int Turn)
{
    public static StepName Of(StepAssignment step) => new(step.Agent, step.TaskId, step.StepId, step.Attempt, step.Turn);

    public static StepName Of(StepStop step) => new(step.Agent, step.TaskId, step.StepId, step.Attempt, step.Turn);
}
