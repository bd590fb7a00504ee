using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Orkestron.Web.Hosting;
using Orkestron.Web.Operations;

namespace Orkestron.Web.Users;

/// <summary>
/// How many unknown API keys an address may try: <see cref="WebOptions.FailedKeysPerMinute"/>. Keys are looked up before
/// anything else limits the request, and each look-up of an unknown one wakes a grain and reads the store.
/// </summary>
internal sealed class FailedKeys(IOptions<WebOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(
        context => NetworkAddress.PerMinute(context, options.Value.FailedKeysPerMinute));

    /// <summary>How long the address must wait before it may try another key; null when it may now.</summary>
    public TimeSpan? MustWait(HttpContext context)
    {
        // Asks without taking: right keys are free.
        using var lease = _limiter.AttemptAcquire(context, 0);
        return lease.IsAcquired
            ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(10);
    }

    /// <summary>Counts a key that was unknown.</summary>
    public void Count(HttpContext context) => _limiter.AttemptAcquire(context).Dispose();

    public void Dispose() => _limiter.Dispose();
}
