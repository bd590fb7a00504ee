using System.Text;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Grains.Execution;

/// <summary>Merges the progress of a run and sends it to the task at most once a period. Thread-safe.</summary>
internal sealed class RunReporter : IRunReporter, IDisposable
{
    private const int MaxMessage = 300;

    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly WorkItem _work;
    private readonly ITaskStepsGrain _task;
    private readonly TimeProvider _clock;
    private readonly AgentOptions _options;
    private readonly DateTimeOffset _startedAt;
    private readonly bool _continues;
    private readonly ITimer _started;
    private double? _percent;
    private string? _message;
    private int _sent;
    private bool _changed;
    private bool _flushing;
    private bool _ended;

    public RunReporter(AgentRun run, ITaskStepsGrain task, TimeProvider clock, AgentOptions options)
    {
        (_work, _task, _clock, _options) = (run.Work, task, clock, options);
        (_startedAt, _continues) = (run.StartedAt, run.Continues);
        // Reports that the run has started, if it goes on after the delay.
        _started = clock.CreateTimer(
            static state => ((RunReporter)state!).Touch(), this, options.StartReportDelay, Timeout.InfiniteTimeSpan);
    }

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
            var room = _options.MaxPartialCharacters - _sent - _text.Length;
            if (room <= 0 || text.Length == 0)
            {
                return;
            }

            _text.Append(text.AsSpan(0, Math.Min(room, text.Length)));
        }

        Touch();
    }

    /// <summary>The run has ended: nothing is reported any more.</summary>
    public void Dispose()
    {
        _started.Dispose();
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
                await _task.ReportAsync(report);
            }
            catch (Exception)
            {
                // Transient by contract: the end of the step says what counts.
            }

            await Task.Delay(_options.ReportPeriod, _clock);
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
                StepId = _work.StepId,
                Attempt = _work.Attempt,
                StartedAt = _startedAt,
                Continues = _continues,
                Percent = _percent,
                Message = _message,
                TextOffset = _sent,
                Text = text,
            };
            _sent += _text.Length;
            _text.Clear();
            return report;
        }
    }
}
