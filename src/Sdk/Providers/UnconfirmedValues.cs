using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Providers;

namespace Orkestron.Sdk.Providers;

/// <summary>
/// Values that a run has recorded and that the platform has not confirmed as durable; bounded, in order. Thread-safe.
/// </summary>
/// <param name="assignment">The step.</param>
/// <param name="clock">Time.</param>
internal sealed class UnconfirmedValues(StepAssignment assignment, TimeProvider clock)
{
    // The journal keeps microseconds.
    private const long TicksPerMicrosecond = 10;

    private readonly Lock _lock = new();
    private readonly long _begun = clock.GetTimestamp();
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly Queue<StepValue> _values = new();
    private long _last;
    private long _confirmed;
    private long _sent;
    private int _bytes;
    private bool _closed;

    /// <summary>Why a value was refused, until it is reported to the run.</summary>
    public AgentFailure? Fault { get; set; }

    /// <summary>Serializes confirmation; later callers find it done.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _values.Count == 0;
            }
        }
    }

    /// <summary>Whether there are values that no pending message carries, while the agent runs.</summary>
    public bool HasUnsent
    {
        get
        {
            lock (_lock)
            {
                return !_closed && _values.Count > 0 && _last > _sent;
            }
        }
    }

    /// <summary>Whether nothing is recorded under a key yet.</summary>
    public bool IsNew(string key)
    {
        lock (_lock)
        {
            return assignment.Fresh && !_closed && !_written.Contains(key);
        }
    }

    /// <summary>The agent has returned; later requests go to the platform.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }
    }

    /// <summary>Adds a value, if the pending values stay within the limits.</summary>
    /// <param name="key">The place.</param>
    /// <param name="value">The value; its document must stay alive.</param>
    /// <param name="limits">What a message may carry.</param>
    /// <param name="taken">The value with its time.</param>
    public bool TryAdd(string key, JsonElement value, ValueLimits limits, [NotNullWhen(true)] out StepValue? taken)
    {
        var bytes = JsonMarshal.GetRawUtf8Value(value).Length;
        lock (_lock)
        {
            _written.Add(key);
            if (_closed || assignment.SentAt is not { } sentAt || _values.Count >= limits.Count || _bytes + bytes > limits.Bytes)
            {
                taken = null;
                return false;
            }

            var at = sentAt + clock.GetElapsedTime(_begun);
            taken = new StepValue(key, value, at.AddTicks(-(at.Ticks % TicksPerMicrosecond)));
            _values.Enqueue(taken);
            _bytes += bytes;
            _last++;
            return true;
        }
    }

    /// <summary>Values up to a number are carried by a message that is retried.</summary>
    public void MarkSent(long last)
    {
        lock (_lock)
        {
            _sent = Math.Max(_sent, last);
        }
    }

    /// <summary>The pending values, and the number of the last one.</summary>
    public (IReadOnlyList<StepValue> Values, long Last) Get()
    {
        lock (_lock)
        {
            return (_values.Count == 0 ? [] : [.. _values], _last);
        }
    }

    /// <summary>Removes the values up to a number: they are durable, or were refused.</summary>
    public void Confirm(long last)
    {
        lock (_lock)
        {
            for (; _confirmed < last && _values.TryDequeue(out var value); _confirmed++)
            {
                _bytes -= JsonMarshal.GetRawUtf8Value(value.Value).Length;
            }
        }
    }

    /// <summary>Whether the values up to a number are durable, or were refused.</summary>
    public bool IsConfirmed(long last)
    {
        lock (_lock)
        {
            return _confirmed >= last;
        }
    }
}
