using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Browser;

/// <summary>A node that a test may restart: the same address and the same store.</summary>
internal sealed class OwnNode : IAsyncDisposable
{
    private readonly WebNode _node = new();

    public Uri Address => _node.Address;

    public Task StartAsync() => _node.StartAsync();

    public async Task RestartAsync()
    {
        var address = _node.Address.ToString();
        await _node.StopAsync();
        await _node.StartAsync(address);
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();
}
