using Microsoft.Extensions.Options;
using Orkestron.Domain.Endpoints;

namespace Orkestron.Silo.Endpoints;

/// <summary>Where this node itself listens.</summary>
public interface INodeAddress
{
    /// <summary>The address on this machine; null while it does not listen.</summary>
    Uri? Find();
}

/// <summary>Where endpoints reach this platform.</summary>
internal sealed class CallbackAddress(IOptions<EndpointOptions> options, IEnumerable<INodeAddress> nodes)
{
    /// <summary>Where configuration says; with endpoints on this machine, this node; null when they cannot reach it.</summary>
    public Uri? Find() => options.Value switch
    {
        { PublicAddress: { } configured } => configured,
        { AllowLoopback: true } => nodes.Select(static node => node.Find()).FirstOrDefault(static found => found is not null),
        _ => null,
    };
}
