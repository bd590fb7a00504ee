using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>
/// The requests, event streams and hub connections of browser sessions on this node. They end when their session ends, on
/// whichever node.
/// </summary>
internal sealed partial class LiveSessions(
    IGrainFactory grains,
    SessionChecks checks,
    TimeProvider clock,
    IOptions<WebOptions> options,
    ILogger<LiveSessions> logger) : BackgroundService
{
    private const int MaxParallel = 32;
    private readonly ConcurrentDictionary<LiveSession, byte> _live = new();
    private EndedCursor _cursor = new(Guid.Empty, 0);

    /// <summary>Registers a request of a session until it is disposed.</summary>
    public LiveSession Enter(HttpContext context, Guid userId, string session)
    {
        var live = new LiveSession(
            userId, session, context, options.Value.SessionGrace, clock, each => _live.TryRemove(each, out _));
        _live[live] = 0;
        // The session may have ended since it was checked.
        if (checks.HasEnded(session))
        {
            live.End();
        }

        return live;
    }

    /// <summary>Ends everything of a session on this node.</summary>
    public void End(string session) => End([session]);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SessionCheck, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            checks.Sweep();
            if (_live.IsEmpty)
            {
                continue;
            }

            try
            {
                await ReadEndedAsync();
            }
            catch (Exception fault)
            {
                // The cursor is unchanged, so the next poll reads what this one missed.
                LogReadFailed(logger, fault);
            }
        }
    }

    private async Task ReadEndedAsync()
    {
        var heard = await grains.GetGrain<IEndedSessionsGrain>(0).AfterAsync(_cursor);
        if (!heard.Items.IsEmpty)
        {
            End(heard.Items.ToHashSet(StringComparer.Ordinal));
        }

        if (!heard.Whole)
        {
            await CheckEachAsync();
        }

        _cursor = heard.Cursor;
    }

    private Task CheckEachAsync() => Parallel.ForEachAsync(
        _live.Keys.DistinctBy(static each => each.Session),
        new ParallelOptions { MaxDegreeOfParallelism = MaxParallel },
        async (live, _) =>
        {
            if (!await grains.GetGrain<ISessionsGrain>(live.UserId).StandsAsync(live.Session))
            {
                End(live.Session);
            }
        });

    private void End(HashSet<string> sessions)
    {
        foreach (var session in sessions)
        {
            checks.End(session);
        }

        foreach (var live in _live.Keys)
        {
            if (sessions.Contains(live.Session))
            {
                live.End();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The ended sessions could not be read; the next poll reads them.")]
    private static partial void LogReadFailed(ILogger logger, Exception fault);
}
