namespace Orkestron.Web.Shared.Authentication;

/// <summary>
/// A request under way for a session. Once the session has ended, event streams and connections of hubs are broken off at once;
/// any other request has a moment to be answered, since a connection that breaks without an answer leaves its client in doubt
/// whether something was done. What waits for something to happen stops waiting: <see cref="Ended"/>.
/// </summary>
internal sealed class LiveSession(
    Guid userId, string session, HttpContext context, TimeSpan grace, TimeProvider clock, Action<LiveSession> leave) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private HttpContext? _context = context;
    private ITimer? _last;

    public Guid UserId => userId;

    public string Session => session;

    /// <summary>Cancelled when the session ends while the request is under way.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>The session has ended.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_context is not { } context || _ended.IsCancellationRequested)
            {
                return;
            }

            // Not here: what is cancelled goes on at once, and may dispose this.
            _ = _ended.CancelAsync();
            if (GoesOnForEver(context.Response))
            {
                context.Abort();
            }
            else
            {
                _last = clock.CreateTimer(static live => ((LiveSession)live!).Abort(), this, grace, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>The request is over, or goes on without the session: its context is not touched any more.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _context = null;
            _last?.Dispose();
        }

        leave(this);
    }

    private static bool GoesOnForEver(HttpResponse response) => response.HasStarted
        && (response.StatusCode == StatusCodes.Status101SwitchingProtocols
            || response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true);

    private void Abort()
    {
        lock (_lock)
        {
            _context?.Abort();
        }
    }
}

/// <summary>When a request stops waiting.</summary>
internal static class Waiting
{
    /// <summary>Cancelled when the client has left or the session of the request has ended.</summary>
    public static CancellationTokenSource StopWaiting(this HttpContext context) => CancellationTokenSource.CreateLinkedTokenSource(
        context.RequestAborted, context.Features.Get<LiveSession>()?.Ended ?? CancellationToken.None);
}
