using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Orkestron.GrainInterfaces;
using Orkestron.Web.Hosting;

namespace Orkestron.Web.Components.Accounts;

/// <summary>How many sign-ins, registrations and guests an address may ask for by pages: <see cref="WebOptions.AccountRequestsPerMinute"/>.</summary>
internal sealed class AccountLimiter(IOptions<WebOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
        address => RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = options.Value.AccountRequestsPerMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
        }));

    /// <summary>Counts a request; a refusal when there were too many.</summary>
    public Refusal? Refuse(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context.Connection.RemoteIpAddress ?? IPAddress.None);
        return lease.IsAcquired
            ? null
            : GrainInterfaces.Refuse.With(RefusalCode.TooMany, "Too many accounts were asked for from your address within a minute.");
    }

    public void Dispose() => _limiter.Dispose();
}
