using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Silo.Faults;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>
/// The validity of sessions, cached for <see cref="WebOptions.SessionCheck"/>. While the grain of a session cannot be reached, nobody
/// can have ended the session, so an answer of the last minute stays valid: a lost silo signs nobody out.
/// </summary>
internal sealed class SessionChecks(IGrainFactory grains, TimeProvider clock, IOptions<WebOptions> options)
{
    /// <summary>How long answers stay in the cache.</summary>
    private static readonly TimeSpan CacheAge = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private long _sweptAt = clock.GetTimestamp();

    /// <summary>Whether the session is valid.</summary>
    public async ValueTask<bool> IsValidAsync(Guid userId, string session)
    {
        if (_known.TryGetValue(session, out var known)
            && (!known.Valid || clock.GetElapsedTime(known.At) < options.Value.SessionCheck))
        {
            return known.Valid;
        }

        // The age counts from the start of the look-up.
        var at = clock.GetTimestamp();
        try
        {
            var valid = await grains.GetGrain<ISessionsGrain>(userId).StandsAsync(session);
            // If it was ended meanwhile, that is final.
            return _known.AddOrUpdate(
                session, static (_, now) => now, static (_, before, now) => before.Valid ? now : before, new Known(at, valid)).Valid;
        }
        catch (Exception fault) when (GrainFaults.RetryAfter(fault) is not null
            && known.Valid && clock.GetElapsedTime(known.At) < CacheAge)
        {
            return true;
        }
    }

    /// <summary>Whether the session is known to have ended.</summary>
    public bool HasEnded(string session) => _known.TryGetValue(session, out var known) && !known.Valid;

    /// <summary>Records the end of a session.</summary>
    public void End(string session) => _known[session] = new Known(clock.GetTimestamp(), Valid: false);

    /// <summary>Forgets old answers, once a minute.</summary>
    public void Sweep()
    {
        if (clock.GetElapsedTime(_sweptAt) < CacheAge)
        {
            return;
        }

        _sweptAt = clock.GetTimestamp();
        foreach (var (session, known) in _known)
        {
            if (clock.GetElapsedTime(known.At) > CacheAge)
            {
                _known.TryRemove(session, out _);
            }
        }
    }

    private readonly record struct Known(long At, bool Valid);
}
