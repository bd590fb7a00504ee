using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Providers;

namespace Orkestron.Sdk.Providers;

/// <summary>
/// What a run has recorded and gone on with, until the platform says that it is durable: bounded, in order. Thread-safe.
/// </summary>
/// <param name="assignment">The step.</param>
/// <param name="clock">Time.</param>
internal sealed class UnconfirmedValues(StepAssignment assignment, TimeProvider clock)
{
    // The journal's.
    private const long TicksPerMicrosecond = 10;

    private readonly Lock _lock = new();
    private readonly long _begun = clock.GetTimestamp();
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly Queue<StepValue> _values = new();
    private long _last;
    private long _confirmed;
    private long _carried;
    private int _bytes;
    private bool _closed;

    /// <summary>Why a value cannot be recorded, until the run is told.</summary>
    public AgentFailure? Fault { get; set; }

    /// <summary>One that asks for confirmation at a time: who comes meanwhile finds it done.</summary>
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

    /// <summary>Whether there is one that is on its way with nothing, while the run's code goes on.</summary>
    public bool Linger
    {
        get
        {
            lock (_lock)
            {
                return !_closed && _values.Count > 0 && _last > _carried;
            }
        }
    }

    /// <summary>Whether nothing can be recorded at a place.</summary>
    public bool IsNew(string key)
    {
        lock (_lock)
        {
            return assignment.Fresh && !_closed && !_written.Contains(key);
        }
    }

    /// <summary>The run's code has come to its end: what it asks for later is the platform's to judge.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }
    }

    /// <summary>Takes a value, if it is within the limits together with those that are here.</summary>
    /// <param name="key">The place.</param>
    /// <param name="value">The value; of a document that lives on.</param>
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

    /// <summary>Those up to a number travel with a message that is sent until it is answered.</summary>
    public void Carry(long last)
    {
        lock (_lock)
        {
            _carried = Math.Max(_carried, last);
        }
    }

    /// <summary>All that are here, and the number of the last one.</summary>
    public (IReadOnlyList<StepValue> Values, long Last) Get()
    {
        lock (_lock)
        {
            return (_values.Count == 0 ? [] : [.. _values], _last);
        }
    }

    /// <summary>Those up to a number are durable, or were refused.</summary>
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

    /// <summary>Whether those up to a number are durable, or were refused.</summary>
    public bool IsConfirmed(long last)
    {
        lock (_lock)
        {
            return _confirmed >= last;
        }
    }
}
