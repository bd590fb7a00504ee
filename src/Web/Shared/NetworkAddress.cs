using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Orkestron.Web.Shared;

/// <summary>Who asks, for limits on how often without sign-in.</summary>
internal static class NetworkAddress
{
    /// <summary>
    /// The address of IPv4, or the first 64 bits of IPv6: one household or server has that much of it, so an address of
    /// it is no more than its network.
    /// </summary>
    public static string Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    /// <summary>A limit of so many a minute for who asks.</summary>
    public static RateLimitPartition<string> PerMinute(HttpContext context, int permits) =>
        RateLimitPartition.GetSlidingWindowLimiter(Of(context), _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
        });
}
