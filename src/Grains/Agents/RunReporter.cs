using System.Text;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Grains.Agents;

/// <summary>Merges what a run tells and hands it on at most once a period. Thread-safe.</summary>
internal sealed class RunReporter(
    StepWork work, ITaskStepsGrain task, TimeProvider clock, AgentOptions options) : IRunReporter
{
    private const int MaxMessage = 300;

    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private double? _percent;
    private string? _message;
    private int _told;
    private bool _changed;
    private bool _flushing;
    private bool _ended;

    public void Progress(double? percent, string? message)
    {
        lock (_lock)
        {
            _percent = percent is { } value && double.IsFinite(value) ? Math.Clamp(value, 0, 100) : _percent;
            _message = message is { Length: > MaxMessage } ? message[..MaxMessage] : message ?? _message;
        }

        Touch();
    }

    public void Write(string text)
    {
        lock (_lock)
        {
            var room = options.MaxPartialCharacters - _told - _text.Length;
            if (room <= 0 || text.Length == 0)
            {
                return;
            }

            _text.Append(text.AsSpan(0, Math.Min(room, text.Length)));
        }

        Touch();
    }

    /// <summary>Tells that the run goes on, if it does after the delay.</summary>
    public async Task TellStartedAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(options.StartReportDelay, clock, cancellationToken);
        Touch();
    }

    /// <summary>Nothing is told any more.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ended = true;
        }
    }

    private void Touch()
    {
        lock (_lock)
        {
            _changed = true;
            if (_flushing || _ended)
            {
                return;
            }

            _flushing = true;
        }

        _ = Task.Run(FlushAsync);
    }

    private async Task FlushAsync()
    {
        while (Take() is { } report)
        {
            try
            {
                await task.ReportAsync(report);
            }
            catch (Exception)
            {
                // Transient by contract: the end of the step says what counts.
            }

            await Task.Delay(options.ReportPeriod, clock);
        }
    }

    private StepReport? Take()
    {
        lock (_lock)
        {
            if (!_changed || _ended)
            {
                _flushing = false;
                return null;
            }

            _changed = false;
            var text = _text.Length > 0 ? _text.ToString() : null;
            var report = new StepReport
            {
                StepId = work.StepId,
                Attempt = work.Attempt,
                StartedAt = _startedAt,
                Percent = _percent,
                Message = _message,
                TextOffset = _told,
                Text = text,
            };
            _told += _text.Length;
            _text.Clear();
            return report;
        }
    }
}
