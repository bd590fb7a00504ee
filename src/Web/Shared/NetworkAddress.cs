using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Orkestron.Web.Shared;

/// <summary>The network address of a client, for rate limits without sign-in.</summary>
internal static class NetworkAddress
{
    /// <summary>
    /// The IPv4 address, or the first 64 bits of the IPv6 address: a household or a server usually has a whole /64, so its single
    /// addresses say nothing.
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

    /// <summary>A limit of requests per minute for the address of a client.</summary>
    public static RateLimitPartition<string> PerMinute(HttpContext context, int permits) =>
        RateLimitPartition.GetSlidingWindowLimiter(Of(context), _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
        });
}
