using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Web.Shared;

namespace Orkestron.Web.Features.Accounts;

/// <summary>Limits the sign-ins, registrations and guest accounts of a network address on pages:
/// <see cref="WebOptions.AccountRequestsPerMinute"/>.</summary>
internal sealed class AccountLimiter(IOptions<WebOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(
        context => NetworkAddress.PerMinute(context, options.Value.AccountRequestsPerMinute));

    /// <summary>Counts a request. A refusal when there were too many; otherwise null.</summary>
    public Refusal? Refuse(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context);
        return lease.IsAcquired
            ? null
            : Domain.Refuse.With(RefusalCode.TooMany, "Too many sign-ins or registrations from your network address within a minute. Wait a minute and try again.");
    }

    public void Dispose() => _limiter.Dispose();
}
