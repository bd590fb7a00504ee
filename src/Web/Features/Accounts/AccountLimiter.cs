using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Web.Shared;

namespace Orkestron.Web.Features.Accounts;

/// <summary>How many sign-ins, registrations and guests an address may ask for by pages: <see cref="WebOptions.AccountRequestsPerMinute"/>.</summary>
internal sealed class AccountLimiter(IOptions<WebOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(
        context => NetworkAddress.PerMinute(context, options.Value.AccountRequestsPerMinute));

    /// <summary>Counts a request; a refusal when there were too many.</summary>
    public Refusal? Refuse(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context);
        return lease.IsAcquired
            ? null
            : Domain.Refuse.With(RefusalCode.TooMany, "Too many accounts were asked for from your address within a minute.");
    }

    public void Dispose() => _limiter.Dispose();
}
