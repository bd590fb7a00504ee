using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Providers;
using Orkestron.Workflow;

namespace Orkestron.Sdk.Providers;

/// <summary>
/// Sends recorded values in batches: with a call or the result, in a message of their own before anything
/// else leaves the process, and after 50 ms at the latest.
/// </summary>
internal sealed class ValueBatcher(HubLink link, TimeProvider clock)
{
    private static readonly TimeSpan SendDelay = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<RunningStep, bool> _late = new();
    private volatile ValueLimits _limits = ValueLimits.None;
    private int _sending;

    /// <summary>Limits of the connected platform.</summary>
    public void Limit(ValueLimits limits) => _limits = limits;

    /// <summary>Records a value; the run goes on at once, and the value becomes durable with the next message.</summary>
    /// <returns>The recorded value; null when it must be sent in a message of its own.</returns>
    public async Task<Recorded?> AddAsync(RunningStep step, string key, JsonElement value, CancellationToken stop)
    {
        if (_limits.Count == 0 || JsonMarshal.GetRawUtf8Value(value).Length > _limits.Bytes)
        {
            return null;
        }

        var kept = value.Clone();
        if (!step.Values.TryAdd(key, kept, _limits, out var taken))
        {
            await ConfirmAsync(step, stop).ConfigureAwait(false);
            if (!step.Values.TryAdd(key, kept, _limits, out taken))
            {
                return null;
            }
        }

        SendSoon(step);
        return new Recorded(taken.Value, taken.At);
    }

    /// <summary>Waits until all values of a run are durable.</summary>
    /// <exception cref="AgentFailedException">A value was refused.</exception>
    /// <exception cref="OperationCanceledException">The run was superseded or cancelled.</exception>
    public async Task ConfirmAsync(RunningStep step, CancellationToken stop)
    {
        var (_, last) = step.Values.Get();
        while (!step.Values.IsConfirmed(last))
        {
            await step.Values.Gate.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                await SendAsync(step, stop).ConfigureAwait(false);
            }
            finally
            {
                step.Values.Gate.Release();
            }
        }

        ThrowIfRefused(step);
    }

    /// <summary>Sends a message that carries the pending values; an earlier platform gets the values first, by themselves.</summary>
    /// <param name="step">The step.</param>
    /// <param name="method">The hub's method.</param>
    /// <param name="message">The message with the values; null for none.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>The answer, and the number of the last value that was sent.</returns>
    /// <exception cref="AgentFailedException">A value was refused.</exception>
    public async Task<(T Answer, long Last)> SendWithValuesAsync<T>(
        RunningStep step, string method, Func<IReadOnlyList<StepValue>?, object> message, CancellationToken stop)
    {
        while (true)
        {
            if (_limits.Count == 0)
            {
                await ConfirmAsync(step, stop).ConfigureAwait(false);
            }

            ThrowIfRefused(step);
            var (values, last) = step.Values.Get();
            step.Values.MarkSent(last);
            try
            {
                var answer = await link.InvokeAsync<T>(
                    method,
                    () => values.Count == 0 ? [message(null)]
                        : _limits.Count > 0 ? [message(values)]
                        : throw new EarlierPlatformException(),
                    stop).ConfigureAwait(false);
                return (answer, last);
            }
            catch (EarlierPlatformException)
            {
                // The connected node would ignore the values.
            }
        }
    }

    /// <summary>Tries to send the pending values; a refusal is reported to the run later.</summary>
    public Task TryConfirmAsync(RunningStep step, CancellationToken stop) =>
        step.Values.IsEmpty ? Task.CompletedTask : TryAsync(step, stop);

    /// <summary>Another run's values are recorded: this run ends, and the step is returned.</summary>
    public static void Supersede(RunningStep step)
    {
        step.Values.Confirm(long.MaxValue);
        step.Cancel(returnToPlatform: true);
        step.Canceled.ThrowIfCancellationRequested();
    }

    private static void ThrowIfRefused(RunningStep step)
    {
        if (step.Values.Fault is { } fault)
        {
            step.Values.Fault = null;
            throw new AgentFailedException(fault.Message) { Code = fault.Code, Retryable = fault.Retryable };
        }
    }

    private async Task TryAsync(RunningStep step, CancellationToken stop)
    {
        try
        {
            await step.Values.Gate.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                await SendAsync(step, stop).ConfigureAwait(false);
            }
            finally
            {
                step.Values.Gate.Release();
            }
        }
        catch (Exception)
        {
            // Retried with the next message.
        }
    }

    private async Task SendAsync(RunningStep step, CancellationToken stop)
    {
        var (values, last) = step.Values.Get();
        if (values.Count == 0)
        {
            return;
        }

        StepValuesResult result;
        try
        {
            result = await link.InvokeAsync<StepValuesResult>(
                ProviderHubNames.Record,
                () => _limits.Count > 0 ? [new StepValues(step.Ticket, values)] : throw new EarlierPlatformException(),
                stop).ConfigureAwait(false);
        }
        catch (EarlierPlatformException)
        {
            result = await OneByOneAsync(step, values, stop).ConfigureAwait(false);
        }

        if (result.Failure is not { } failure)
        {
            step.Values.Confirm(last);
            return;
        }

        if (failure.Code == StepValuesResult.Superseded)
        {
            Supersede(step);
        }

        // The refused value is not retried.
        step.Values.Fault ??= failure;
        step.Values.Confirm(last - values.Count + Math.Clamp(result.Taken, 0, values.Count - 1) + 1);
    }

    /// <summary>For a node of an earlier release, which takes single values only.</summary>
    private async Task<StepValuesResult> OneByOneAsync(RunningStep step, IReadOnlyList<StepValue> values, CancellationToken stop)
    {
        for (var i = 0; i < values.Count; i++)
        {
            var (key, value, _) = values[i];
            var result = await link.InvokeAsync<StepHistoryResult>(
                ProviderHubNames.Mark, () => [new StepHistoryRequest(step.Ticket, key, "value", null, value)], stop).ConfigureAwait(false);
            if (result.Failure is { } failure)
            {
                return new StepValuesResult(i, failure);
            }

            if (result.Value is not { } stands || !JsonElement.DeepEquals(stands, value))
            {
                return new StepValuesResult(i, new AgentFailure(StepValuesResult.Superseded, ""));
            }
        }

        return new StepValuesResult(values.Count, null);
    }

    // Limits how much work is repeated after a crash when the run sends nothing for a while.
    private void SendSoon(RunningStep step)
    {
        _late[step] = true;
        if (Interlocked.Exchange(ref _sending, 1) == 0)
        {
            _ = Task.Run(SendLateAsync);
        }
    }

    private async Task SendLateAsync()
    {
        while (!_late.IsEmpty)
        {
            RunningStep[] steps = [.. _late.Keys];
            await Task.Delay(SendDelay, clock).ConfigureAwait(false);
            foreach (var step in steps)
            {
                _late.TryRemove(step, out _);
                if (step.Values.HasUnsent && !step.Canceled.IsCancellationRequested)
                {
                    _ = TryConfirmAsync(step, step.Canceled);
                }
            }
        }

        Volatile.Write(ref _sending, 0);
        if (!_late.IsEmpty && Interlocked.Exchange(ref _sending, 1) == 0)
        {
            _ = Task.Run(SendLateAsync);
        }
    }
}
