namespace Orkestron.Web.Shared.Authentication;

/// <summary>
/// A request under way in a session. When the session ends, event streams and hub connections are closed at once. Other requests
/// may be answered within a short time, because a connection closed without an answer leaves the client in doubt about the effect.
/// Requests that wait for something stop waiting; see <see cref="Ended"/>.
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

            // Asynchronously: continuations of the cancellation may dispose this object.
            _ = _ended.CancelAsync();
            if (IsEndless(context.Response))
            {
                context.Abort();
            }
            else
            {
                _last = clock.CreateTimer(static live => ((LiveSession)live!).Abort(), this, grace, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Ends the tracking: the request is over, or continues without the session. Its context is no longer used.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _context = null;
            _last?.Dispose();
        }

        leave(this);
    }

    private static bool IsEndless(HttpResponse response) => response.HasStarted
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

/// <summary>Cancels the waits of requests.</summary>
internal static class Waiting
{
    /// <summary>Cancelled when the client has left or the session of the request has ended.</summary>
    public static CancellationTokenSource StopWaiting(this HttpContext context) => CancellationTokenSource.CreateLinkedTokenSource(
        context.RequestAborted, context.Features.Get<LiveSession>()?.Ended ?? CancellationToken.None);
}
