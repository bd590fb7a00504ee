using System.Text;
using Orkestron.Domain;
using Orkestron.Domain.Providers;
using Orkestron.GrainInterfaces.Providers;

namespace Orkestron.Web.Features.Providers;

/// <summary>Merges the progress reports of a step, so that the grains get at most one call per
/// <see cref="ProviderHubOptions.ReportPeriod"/>. Thread-safe.</summary>
internal sealed class StepOutbox(
    StepKey step, IProviderAgentGrain agent, TimeProvider clock, ProviderHubOptions options)
{
    private const int MaxMessage = 300;

    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private double? _percent;
    private string? _message;
    private int _accepted;
    private bool _sending;
    private bool _changed;

    public void Add(double? percent, string? message, string? text)
    {
        lock (_lock)
        {
            _percent = percent is { } value && double.IsFinite(value) ? Math.Clamp(value, 0, 100) : _percent;
            _message = message is { Length: > MaxMessage } ? message[..MaxMessage] : message ?? _message;
            var room = options.MaxPartialCharacters - _accepted;
            if (text is { Length: > 0 } && room > 0)
            {
                var taken = Math.Min(room, text.Length);
                _text.Append(text.AsSpan(0, taken));
                _accepted += taken;
            }

            _changed = true;
            if (_sending)
            {
                return;
            }

            _sending = true;
        }

        _ = Task.Run(SendAsync);
    }

    private async Task SendAsync()
    {
        while (Take() is { } report)
        {
            agent.ReportAsync(report).Ignore();
            await Task.Delay(options.ReportPeriod, clock);
        }
    }

    private StepReported? Take()
    {
        lock (_lock)
        {
            if (!_changed)
            {
                _sending = false;
                return null;
            }

            var report = new StepReported(step, _percent, _message, _text.Length > 0 ? _text.ToString() : null);
            _text.Clear();
            (_percent, _message, _changed) = (null, null, false);
            return report;
        }
    }
}
