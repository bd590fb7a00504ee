using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using Orkestron.Web.Shared.Authentication;

namespace Orkestron.Web.Tests.Api;

/// <summary>What the end of a session does to a request that is under way, with the time given.</summary>
public sealed class LiveSessionTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);
    private readonly FakeTimeProvider _clock = new();
    private readonly Wire _wire = new();
    private readonly DefaultHttpContext _context = new();
    private int _left;

    public LiveSessionTests()
    {
        _context.Features.Set<IHttpRequestLifetimeFeature>(_wire);
        _context.Features.Set<IHttpResponseFeature>(_wire);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void End_OfARequestThatIsNotAnsweredYet_GivesItAMoment(bool begun)
    {
        using var live = Enter();
        (_wire.HasStarted, _context.Response.ContentType) = (begun, "text/html");

        live.End();

        Assert.True(live.Ended.IsCancellationRequested);
        Assert.False(_context.RequestAborted.IsCancellationRequested);
        _clock.Advance(Grace - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, _wire.Aborts);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _wire.Aborts);
    }

    [Theory]
    [InlineData(101, null)]
    [InlineData(200, "text/event-stream")]
    [InlineData(200, "text/event-stream; charset=utf-8")]
    public void End_OfWhatStreams_BreaksItOffAtOnce(int status, string? type)
    {
        using var live = Enter();
        (_context.Response.StatusCode, _context.Response.ContentType, _wire.HasStarted) = (status, type, true);

        live.End();
        live.End();

        Assert.Equal(1, _wire.Aborts);
    }

    [Fact]
    public void End_OfARequestThatIsOver_TouchesNothing()
    {
        var (first, second) = (Enter(), Enter());

        first.Dispose();
        first.End();
        second.End();
        second.Dispose();
        _clock.Advance(Grace * 2);

        // The server gives the same context to its next request.
        Assert.Equal((0, 2), (_wire.Aborts, _left));
        Assert.False(first.Ended.IsCancellationRequested);
    }

    private LiveSession Enter() => new(Guid.NewGuid(), "0123", _context, Grace, _clock, _ => _left++);

    private sealed class Wire : HttpResponseFeature, IHttpRequestLifetimeFeature, IHttpResponseFeature
    {
        public int Aborts { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public new bool HasStarted { get; set; }

        bool IHttpResponseFeature.HasStarted => HasStarted;

        public void Abort() => Aborts++;
    }
}
