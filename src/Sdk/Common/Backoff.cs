using System.Security.Cryptography;

namespace Orkestron.Sdk.Common;

/// <summary>Waits longer each time, up to half a minute, never quite the same: many who lost one server do not come back at once.</summary>
/// <param name="clock">Time.</param>
/// <param name="most">The longest wait; null for half a minute.</param>
internal sealed class Backoff(TimeProvider clock, TimeSpan? most = null)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(30);
    private readonly TimeSpan _most = most ?? Most;
    private TimeSpan _next = First;

    public void Reset() => _next = First;

    public Task PauseAsync(TimeSpan? atLeast, CancellationToken stop)
    {
        // Half is fixed, half by lot.
        var part = 0.5 + (RandomNumberGenerator.GetInt32(1_000) / 2_000.0);
        var wait = _next * part;
        _next = _next * 2 < _most ? _next * 2 : _most;
        return Task.Delay(atLeast > wait ? atLeast.Value : wait, clock, stop);
    }
}
