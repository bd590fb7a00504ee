using System.Net;

namespace Orkestron.Silo.Endpoints;

/// <summary>Resolves names to addresses.</summary>
internal interface IEndpointResolver
{
    /// <summary>All addresses of a name, IPv4 and IPv6.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name is unknown, or no name server answers.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>Uses the system's resolver.</summary>
internal sealed class DnsResolver : IEndpointResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Dns.GetHostAddressesAsync(host, cancellationToken);
}
