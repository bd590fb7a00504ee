using System.Net;
using System.Net.Sockets;
using BitFaster.Caching.Lru;
using Microsoft.Extensions.Options;
using Orkestron.Domain.Endpoints;

namespace Orkestron.Silo.Endpoints;

/// <summary>
/// Where endpoints' names lead, all of it checked: a name that leads anywhere else than the public internet leads nowhere.
/// Remembered for a short while, so that what was checked is what is connected to.
/// </summary>
internal sealed class EndpointDirectory(IEndpointResolver resolver, TimeProvider clock, IOptions<EndpointOptions> options)
{
    // The cache has a part each for what is new, warm and cold.
    private const int LeastKept = 3;

    private readonly ConcurrentLru<(string Host, bool Loopback), (IPAddress[] Addresses, long At)> _known =
        new(Math.Max(LeastKept, options.Value.MaxNames));

    /// <summary>The addresses of an endpoint.</summary>
    /// <param name="host">Its name in ASCII.</param>
    /// <param name="loopback">Whether it is on this machine, which <see cref="EndpointAddress"/> has allowed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EndpointFault">It has none, or one that no endpoint may have.</exception>
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

        // One bad address condemns all: which of them is used is not ours to say.
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
