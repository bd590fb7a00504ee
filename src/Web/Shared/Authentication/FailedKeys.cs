using System.Threading.RateLimiting;
using BitFaster.Caching.Lru;
using Microsoft.Extensions.Options;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>
/// Limits how many unknown API keys an address may try: <see cref="WebOptions.FailedKeysPerMinute"/>. Keys are looked up before any
/// other rate limit applies, and each look-up of an unknown key activates a grain and reads the store. An address beyond the limit
/// is not blocked, because others may share it: keys that were valid on this node before are looked up as usual, other keys one at
/// a time, and keys beyond the queue are refused without a look-up.
/// </summary>
internal sealed class FailedKeys(IOptions<WebOptions> options) : IDisposable
{
    private const int MaxValid = 10_000;
    private const int MaxWaiting = 32;

    private readonly PartitionedRateLimiter<HttpContext> _spent = PartitionedRateLimiter.Create<HttpContext, string>(
        context => NetworkAddress.PerMinute(context, options.Value.FailedKeysPerMinute));

    private readonly PartitionedRateLimiter<HttpContext> _queue = PartitionedRateLimiter.Create<HttpContext, string>(
        static context => RateLimitPartition.GetConcurrencyLimiter(NetworkAddress.Of(context), static _ => new()
        {
            PermitLimit = 1,
            QueueLimit = MaxWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }));

    private readonly ConcurrentLru<string, byte> _valid = new(MaxValid);

    /// <summary>How long the address must wait before it may try unknown keys again; null when it need not wait.</summary>
    public TimeSpan? MustWait(HttpContext context)
    {
        // Zero permits only ask; valid keys do not count.
        using var lease = _spent.AttemptAcquire(context, 0);
        return lease.IsAcquired
            ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(10);
    }

    /// <summary>Whether the key was valid on this node before. It may have been revoked since.</summary>
    public bool WasValid(string hash) => _valid.TryGet(hash, out _);

    /// <summary>Queues a key of an address that is beyond the limit. The lease is not acquired when the queue is full.</summary>
    public ValueTask<RateLimitLease> QueueAsync(HttpContext context) => _queue.AcquireAsync(context, 1, context.RequestAborted);

    /// <summary>Records a valid key.</summary>
    public void MarkValid(string hash) => _valid.AddOrUpdate(hash, 0);

    /// <summary>Counts a key that was unknown.</summary>
    public void Count(HttpContext context) => _spent.AttemptAcquire(context).Dispose();

    public void Dispose()
    {
        _spent.Dispose();
        _queue.Dispose();
    }
}
