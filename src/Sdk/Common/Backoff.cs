using System.Security.Cryptography;

namespace Orkestron.Sdk.Common;

/// <summary>Waits longer each time, up to half a minute, never quite the same: many who lost one server do not come back at once.</summary>
internal sealed class Backoff(TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(30);
    private TimeSpan _next = First;

    public void Reset() => _next = First;

    public Task PauseAsync(TimeSpan? atLeast, CancellationToken stop)
    {
        // Half is fixed, half by lot.
        var part = 0.5 + (RandomNumberGenerator.GetInt32(1_000) / 2_000.0);
        var wait = _next * part;
        _next = _next * 2 < Most ? _next * 2 : Most;
        return Task.Delay(atLeast > wait ? atLeast.Value : wait, clock, stop);
    }
}
