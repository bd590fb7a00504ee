using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Shared.Limits;

/// <summary>The rate limits of users, and of addresses without sign-in.</summary>
internal static class RateLimits
{
    /// <summary>The policy of endpoints that check or store a password.</summary>
    public const string Account = "account";

    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(static options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = static (rejected, _) => new ValueTask(RejectAsync(rejected));
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Everyone);
            options.AddPolicy(Account, PerAddress);
        });
        return services;
    }

    private static RateLimitPartition<string> Everyone(HttpContext context)
    {
        if (!ApiRoutes.IsMachine(context.Request.Path) || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        var options = context.RequestServices.GetRequiredService<IOptions<WebOptions>>().Value;
        return context.UserId() is { } user
            ? RateLimitPartition.GetTokenBucketLimiter($"u:{user:N}", _ => Bucket(options.UserRequestsPerSecond, options))
            : RateLimitPartition.GetTokenBucketLimiter(
                $"a:{NetworkAddress.Of(context)}", _ => Bucket(options.AddressRequestsPerSecond, options));
    }

    private static RateLimitPartition<string> PerAddress(HttpContext context) => NetworkAddress.PerMinute(
        context, context.RequestServices.GetRequiredService<IOptions<WebOptions>>().Value.AccountRequestsPerMinute);

    private static TokenBucketRateLimiterOptions Bucket(int perSecond, WebOptions options) => new()
    {
        TokenLimit = checked(perSecond * options.BurstSeconds),
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
    };

    private static Task RejectAsync(OnRejectedContext rejected)
    {
        var context = rejected.HttpContext;
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : (TimeSpan?)null;
        return Problems.WriteAsync(context, Problems.RateLimited(context), wait);
    }
}
