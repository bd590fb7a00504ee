using System.Net;
using System.Net.Sockets;
using BitFaster.Caching.Lru;
using Microsoft.Extensions.Options;
using Orkestron.Domain.Endpoints;

namespace Orkestron.Silo.Endpoints;

/// <summary>
/// Resolves the names of endpoints and checks the addresses: a name with an address outside the public internet is refused.
/// Cached for a short time; connections go to the checked addresses.
/// </summary>
internal sealed class EndpointDirectory(IEndpointResolver resolver, TimeProvider clock, IOptions<EndpointOptions> options)
{
    // The smallest capacity of the cache.
    private const int LeastKept = 3;

    private readonly ConcurrentLru<(string Host, bool Loopback), (IPAddress[] Addresses, long At)> _known =
        new(Math.Max(LeastKept, options.Value.MaxNames));

    /// <summary>The addresses of an endpoint.</summary>
    /// <param name="host">Its name in ASCII.</param>
    /// <param name="loopback">Whether it is on this machine, which <see cref="EndpointAddress"/> has allowed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EndpointFault">The name has no address, or a forbidden one.</exception>
    public async Task<IPAddress[]> FindAsync(string host, bool loopback, CancellationToken cancellationToken)
    {
        if (_known.TryGet((host, loopback), out var known) && clock.GetElapsedTime(known.At) < options.Value.AddressAge)
        {
            return known.Addresses;
        }

        var addresses = await ResolveAsync(host, cancellationToken);
        if (addresses.Length == 0)
        {
            throw new EndpointFault("endpoint_unknown_host", "The endpoint's host name has no address.", true);
        }

        // One forbidden address is enough: the connection may use any of them.
        if (!addresses.All(address => loopback ? IPAddress.IsLoopback(address) : AddressRules.IsPublic(address)))
        {
            throw new EndpointFault(
                "endpoint_forbidden", "The endpoint's host name leads to an address that is not on the public internet.", false);
        }

        _known.AddOrUpdate((host, loopback), (addresses, clock.GetTimestamp()));
        return addresses;
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await resolver.ResolveAsync(host, cancellationToken);
        }
        catch (SocketException)
        {
            throw new EndpointFault("endpoint_unknown_host", "The endpoint's host name was not found.", true);
        }
    }
}
