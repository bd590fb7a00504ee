using Microsoft.Extensions.Options;
using Orkestron.Domain.Endpoints;

namespace Orkestron.Silo.Endpoints;

/// <summary>The address on which this node listens.</summary>
public interface INodeAddress
{
    /// <summary>The local address; null while it does not listen.</summary>
    Uri? Find();
}

/// <summary>The address at which endpoints reach the platform.</summary>
internal sealed class CallbackAddress(IOptions<EndpointOptions> options, IEnumerable<INodeAddress> nodes)
{
    /// <summary>The configured address; this node if endpoints on this machine are allowed; otherwise null.</summary>
    public Uri? Find() => options.Value switch
    {
        { PublicAddress: { } configured } => configured,
        { AllowLoopback: true } => nodes.Select(static node => node.Find()).FirstOrDefault(static found => found is not null),
        _ => null,
    };
}
