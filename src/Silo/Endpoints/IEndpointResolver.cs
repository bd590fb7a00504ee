using System.Net;

namespace Orkestron.Silo.Endpoints;

/// <summary>Finds the addresses of a name.</summary>
internal interface IEndpointResolver
{
    /// <summary>All addresses of a name, IPv4 and IPv6.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name is unknown, or no name server answers.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>Asks the system.</summary>
internal sealed class DnsResolver : IEndpointResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Dns.GetHostAddressesAsync(host, cancellationToken);
}
