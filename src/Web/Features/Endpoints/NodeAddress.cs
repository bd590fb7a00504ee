using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Orkestron.Silo.Endpoints;

namespace Orkestron.Web.Features.Endpoints;

/// <summary>The address of this web node for programs on the same machine.</summary>
internal sealed class NodeAddress(IServer server) : INodeAddress
{
    private static readonly string[] Anywhere = ["://+", "://*", "://0.0.0.0", "://[::]"];

    public Uri? Find()
    {
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        var local = Anywhere.Aggregate(
            listening, static (text, any) => text?.Replace(any, "://localhost", StringComparison.Ordinal));
        return Uri.TryCreate(local, UriKind.Absolute, out var own) ? own : null;
    }
}
