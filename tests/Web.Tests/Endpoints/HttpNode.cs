using Orkestron.Web.Tests.Endpoints;
using Orkestron.Web.Tests.Hosting;

[assembly: AssemblyFixture(typeof(HttpNode))]

namespace Orkestron.Web.Tests.Endpoints;

/// <summary>A node that calls endpoints on this machine, quickly tired of those that fail. One for all tests of HTTP agents.</summary>
public sealed class HttpNode : IAsyncLifetime
{
    public static readonly string[] Settings =
    [
        "--Orkestron:Endpoints:AllowLoopback", "true",
        "--Orkestron:Endpoints:HeadersTimeout", "00:00:01",
        "--Orkestron:Endpoints:BodyTimeout", "00:00:00.4",
        "--Orkestron:Endpoints:LineTimeout", "00:00:00.4",
        "--Orkestron:Endpoints:MaxBodyBytes", "65536",
        "--Orkestron:Endpoints:MaxStreamBytes", "65536",
        "--Orkestron:Endpoints:BreakerPause", "00:00:01",
        "--Orkestron:Endpoints:ProofPause", "00:00:00.1",
        "--Orkestron:Endpoints:CancelPause", "00:00:00.1",
        "--Orkestron:Tasks:RetryDelay", "00:00:00.05",
        "--Orkestron:Tasks:RedispatchPeriod", "00:00:01",
    ];

    internal WebNode Node { get; } = new();

    public async ValueTask InitializeAsync() => await Node.StartAsync(null, Settings);

    /// <summary>A new guest with an endpoint.</summary>
    internal async Task<HttpProvider> ProviderAsync(EndpointPeer peer) => new(await Node.GuestAsync(), peer);

    public ValueTask DisposeAsync() => Node.DisposeAsync();
}
