using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Providers;
using Orkestron.Workflow;

namespace Orkestron.Sdk.Providers;

/// <summary>
/// Values that runs have recorded and gone on with: they travel with a call or the answer, or by themselves before anything
/// else that leaves the process, and after a moment in any case.
/// </summary>
internal sealed class ValueDesk(HubLink link, TimeProvider clock)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<RunningStep, bool> _late = new();
    private volatile ValueLimits _limits = ValueLimits.None;
    private int _sending;

    /// <summary>What the platform takes that is connected.</summary>
    public void Limit(ValueLimits limits) => _limits = limits;

    /// <summary>Records a value: at once for the run, durable with what follows.</summary>
    /// <returns>What is recorded; null when it must be sent by itself.</returns>
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

    /// <summary>Waits until all that a run has recorded is durable.</summary>
    /// <exception cref="AgentFailedException">A value cannot be recorded.</exception>
    /// <exception cref="OperationCanceledException">The run is of no use any more.</exception>
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

        Throw(step);
    }

    /// <summary>Sends a message that carries what the run has recorded, or after that where the platform takes it by itself only.</summary>
    /// <param name="step">The step.</param>
    /// <param name="method">The hub's method.</param>
    /// <param name="message">The message with the values; null for none.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>The answer, and the number of the last value that was sent.</returns>
    /// <exception cref="AgentFailedException">A value cannot be recorded.</exception>
    public async Task<(T Answer, long Last)> CarryAsync<T>(
        RunningStep step, string method, Func<IReadOnlyList<StepValue>?, object> message, CancellationToken stop)
    {
        while (true)
        {
            if (_limits.Count == 0)
            {
                await ConfirmAsync(step, stop).ConfigureAwait(false);
            }

            Throw(step);
            var (values, last) = step.Values.Get();
            step.Values.Carry(last);
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
                // The connection came to a node that would not see them.
            }
        }
    }

    /// <summary>Sends what a run has recorded, if it can be; what is wrong with it the run learns later.</summary>
    public Task TryConfirmAsync(RunningStep step, CancellationToken stop) =>
        step.Values.IsEmpty ? Task.CompletedTask : TryAsync(step, stop);

    /// <summary>The run is not the one whose records stand: it ends, and the step is given back.</summary>
    public static void Supersede(RunningStep step)
    {
        step.Values.Confirm(long.MaxValue);
        step.Cancel(handBack: true);
        step.Unwanted.ThrowIfCancellationRequested();
    }

    private static void Throw(RunningStep step)
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
            // They are sent again with what follows.
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

        // The one that cannot be recorded is not tried again.
        step.Values.Fault ??= failure;
        step.Values.Confirm(last - values.Count + Math.Clamp(result.Taken, 0, values.Count - 1) + 1);
    }

    /// <summary>For a platform that takes them in no other way: the connection came to an earlier one.</summary>
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

    // What is done need not be done again for long, also where the run asks for nothing more.
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
            await Task.Delay(Moment, clock).ConfigureAwait(false);
            foreach (var step in steps)
            {
                _late.TryRemove(step, out _);
                if (step.Values.Linger && !step.Unwanted.IsCancellationRequested)
                {
                    _ = TryConfirmAsync(step, step.Unwanted);
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
