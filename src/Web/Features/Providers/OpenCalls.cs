using Orkestron.Domain;


namespace Orkestron.Web.Features.Providers;

/// <summary>
/// The calls of other agents that one connection waits for, bounded in number and in bytes of input. A step without an open
/// call may always make one, so that steps of one process that wait for each other cannot deadlock. Thread-safe.
/// </summary>
/// <param name="maxCalls">Calls at once, beside the first one of each step.</param>
/// <param name="maxBytes">Bytes of their inputs together; the first calls of steps may take as much again.</param>
/// <param name="ended">Cancelled when the connection has ended.</param>
internal sealed class OpenCalls(int maxCalls, long maxBytes, CancellationToken ended)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<StepKey, CallsOfStep> _steps = [];
    private int _count;
    private long _bytes;

    /// <summary>Reserves room for a call.</summary>
    /// <param name="step">The step that calls.</param>
    /// <param name="key">The key of the call within the step.</param>
    /// <param name="bytes">How large the input is.</param>
    /// <param name="held">Whether the connection holds the step: only then its first call has room of its own.</param>
    /// <returns>Whether there was room, and a token that is cancelled when nobody waits for the call any more.</returns>
    public (CallEntry Entry, CancellationToken Unwanted) Enter(StepKey step, string key, int bytes, bool held)
    {
        lock (_lock)
        {
            var calls = _steps.GetValueOrDefault(step);
            if (calls?.Inputs.ContainsKey(key) == true)
            {
                return (CallEntry.Known, calls.Unwanted.Token);
            }

            var first = held && calls is null;
            if (ended.IsCancellationRequested || (!first && _count >= maxCalls) || _bytes + bytes > (first ? 2 * maxBytes : maxBytes))
            {
                return (CallEntry.TooMany, default);
            }

            if (calls is null)
            {
                _steps[step] = calls = new CallsOfStep(CancellationTokenSource.CreateLinkedTokenSource(ended));
            }

            calls.Inputs[key] = bytes;
            _count++;
            _bytes += bytes;
            return (CallEntry.Entered, calls.Unwanted.Token);
        }
    }

    /// <summary>A call has ended.</summary>
    public void Leave(StepKey step, string key)
    {
        lock (_lock)
        {
            if (_steps.TryGetValue(step, out var calls) && calls.Inputs.Remove(key, out var bytes))
            {
                _count--;
                _bytes -= bytes;
                if (calls.Inputs.Count == 0)
                {
                    _steps.Remove(step);
                    calls.Unwanted.Dispose();
                }
            }
        }
    }

    /// <summary>The connection no longer holds a step, so nobody waits for its calls.</summary>
    public void Leave(StepKey step)
    {
        CallsOfStep? calls;
        lock (_lock)
        {
            if (!_steps.Remove(step, out calls))
            {
                return;
            }

            _count -= calls.Inputs.Count;
            _bytes -= calls.Inputs.Values.Sum(static bytes => (long)bytes);
        }

        calls.Unwanted.Cancel();
        calls.Unwanted.Dispose();
    }

    private sealed record CallsOfStep(CancellationTokenSource Unwanted)
    {
        public Dictionary<string, int> Inputs { get; } = new(StringComparer.Ordinal);
    }
}

/// <summary>Whether there is room for a call.</summary>
internal enum CallEntry
{
    /// <summary>There was room; the call is counted.</summary>
    Entered,

    /// <summary>The connection already waits for this call.</summary>
    Known,

    /// <summary>There is no room now; the call is to be sent again later.</summary>
    TooMany,
}
