using System.Collections.Concurrent;
using Orkestron.Contracts.Providers;

namespace Orkestron.Sdk.Providers;

/// <summary>Sends the progress of all steps, merged into one message per period.</summary>
internal sealed class ProgressReporter(HubLink link, ValueBatcher values, TimeProvider clock)
{
    private const int MaxTextOfAStep = 16_384;
    private const int MaxText = 262_144;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<RunningStep, bool> _changed = new();
    private int _sending;

    /// <summary>Maximum of partial output of a step, in characters.</summary>
    public int MaxPartialCharacters { get; set; } = 100_000;

    public void Progress(RunningStep step, double? percent, string message)
    {
        step.Report(percent, message);
        Touch(step);
    }

    public void Write(RunningStep step, string text)
    {
        step.Write(text, MaxPartialCharacters);
        Touch(step);
    }

    /// <summary>Sends the remaining progress of a step before its result.</summary>
    public async Task FlushAsync(RunningStep step)
    {
        _changed.TryRemove(step, out _);
        if (step.TakeProgress(MaxText) is { } last)
        {
            // Progress may depend on recorded values.
            await values.TryConfirmAsync(step, step.Canceled).ConfigureAwait(false);
            await link.TrySendAsync(ProviderHubNames.Report, new[] { last }).ConfigureAwait(false);
        }
    }

    private void Touch(RunningStep step)
    {
        _changed[step] = true;
        if (Interlocked.Exchange(ref _sending, 1) == 0)
        {
            _ = Task.Run(SendAsync);
        }
    }

    private async Task SendAsync()
    {
        while (!_changed.IsEmpty)
        {
            var (steps, batch) = Batch();
            if (batch.Count > 0)
            {
                await Task.WhenAll(steps.Select(step => values.TryConfirmAsync(step, step.Canceled))).ConfigureAwait(false);
                await link.TrySendAsync(ProviderHubNames.Report, batch).ConfigureAwait(false);
            }

            await Task.Delay(Period, clock).ConfigureAwait(false);
        }

        Volatile.Write(ref _sending, 0);
        // A report may have come after the loop looked.
        if (!_changed.IsEmpty && Interlocked.Exchange(ref _sending, 1) == 0)
        {
            _ = Task.Run(SendAsync);
        }
    }

    private (List<RunningStep> Steps, List<StepProgress> Batch) Batch()
    {
        var (steps, batch) = (new List<RunningStep>(), new List<StepProgress>());
        var text = 0;
        foreach (var step in _changed.Keys)
        {
            if (text >= MaxText)
            {
                break;
            }

            if (step.TakeProgress(MaxTextOfAStep) is { } progress)
            {
                text += progress.Text?.Length ?? 0;
                batch.Add(progress);
                steps.Add(step);
            }
            else
            {
                _changed.TryRemove(step, out _);
            }
        }

        return (steps, batch);
    }
}
