using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>
/// How many unknown API keys an address may try: <see cref="WebOptions.FailedKeysPerMinute"/>. Keys are looked up before
/// anything else limits the request, and each look-up of an unknown one wakes a grain and reads the store. An address that
/// has used it up is not shut out, since its valid keys may be someone else's: keys that were right on this node before are
/// looked up as always, others one after another, and only those that cannot wait are refused unseen.
/// </summary>
internal sealed class FailedKeys(IOptions<WebOptions> options) : IDisposable
{
    private const int MaxRight = 10_000;
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

    private readonly ConcurrentDictionary<string, byte> _right = new(StringComparer.Ordinal);

    /// <summary>How long the address must wait before it may try unknown keys again; null when it may now.</summary>
    public TimeSpan? MustWait(HttpContext context)
    {
        // Asks without taking: right keys are free.
        using var lease = _spent.AttemptAcquire(context, 0);
        return lease.IsAcquired
            ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(10);
    }

    /// <summary>Whether the key was right on this node. It may have been revoked since.</summary>
    public bool WasRight(string hash) => _right.ContainsKey(hash);

    /// <summary>Waits for the turn of a key from an address that must wait; the lease is not acquired where too many do.</summary>
    public ValueTask<RateLimitLease> TurnAsync(HttpContext context) => _queue.AcquireAsync(context, 1, context.RequestAborted);

    /// <summary>Takes note of a key that was right.</summary>
    public void Right(string hash)
    {
        if (_right.Count >= MaxRight)
        {
            _right.Clear();
        }

        _right.TryAdd(hash, 0);
    }

    /// <summary>Counts a key that was unknown.</summary>
    public void Count(HttpContext context) => _spent.AttemptAcquire(context).Dispose();

    public void Dispose()
    {
        _spent.Dispose();
        _queue.Dispose();
    }
}
