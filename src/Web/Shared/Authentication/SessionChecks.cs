using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Silo.Faults;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>
/// Whether sessions stand, believed for <see cref="WebOptions.SessionCheck"/>. While a session's grain cannot be reached, it
/// cannot have been ended either: what was known within the last minute holds on, so that a lost silo signs nobody out.
/// </summary>
internal sealed class SessionChecks(IGrainFactory grains, TimeProvider clock, IOptions<WebOptions> options)
{
    /// <summary>How long an answer is kept.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private long _sweptAt = clock.GetTimestamp();

    /// <summary>Whether the session stands.</summary>
    public async ValueTask<bool> StandsAsync(Guid userId, string session)
    {
        if (_known.TryGetValue(session, out var known)
            && (!known.Stands || clock.GetElapsedTime(known.At) < options.Value.SessionCheck))
        {
            return known.Stands;
        }

        // The age of an answer counts from the question.
        var at = clock.GetTimestamp();
        try
        {
            var stands = await grains.GetGrain<ISessionsGrain>(userId).StandsAsync(session);
            // An end that was heard of meanwhile is final.
            return _known.AddOrUpdate(
                session, static (_, now) => now, static (_, before, now) => before.Stands ? now : before, new Known(at, stands)).Stands;
        }
        catch (Exception fault) when (GrainFaults.RetryAfter(fault) is not null
            && known.Stands && clock.GetElapsedTime(known.At) < Kept)
        {
            return true;
        }
    }

    /// <summary>Whether the session is known to have ended.</summary>
    public bool HasEnded(string session) => _known.TryGetValue(session, out var known) && !known.Stands;

    /// <summary>Takes note of an end.</summary>
    public void End(string session) => _known[session] = new Known(clock.GetTimestamp(), Stands: false);

    /// <summary>Forgets old answers, once a minute.</summary>
    public void Sweep()
    {
        if (clock.GetElapsedTime(_sweptAt) < Kept)
        {
            return;
        }

        _sweptAt = clock.GetTimestamp();
        foreach (var (session, known) in _known)
        {
            if (clock.GetElapsedTime(known.At) > Kept)
            {
                _known.TryRemove(session, out _);
            }
        }
    }

    private readonly record struct Known(long At, bool Stands);
}
