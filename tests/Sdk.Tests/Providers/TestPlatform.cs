using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestron.Contracts.Providers;
using Orkestron.Sdk.Providers;
using Orkestron.Tests.Shared;

namespace Orkestron.Sdk.Tests.Providers;

/// <summary>A platform's hub on loopback, and the library's connection to it.</summary>
/// <typeparam name="THub">The hub.</typeparam>
/// <typeparam name="TState">What the hub is made with.</typeparam>
internal sealed class TestPlatform<THub, TState> : IAsyncDisposable
    where THub : Hub
    where TState : class
{
    private readonly WebApplication _platform;
    private readonly HubConnection _hub;

    public TestPlatform(TState state, TimeProvider clock)
    {
        var address = $"http://127.0.0.1:{FreePorts.Take(1)[0]}";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.Services.AddSingleton(state);
        builder.Services.AddSignalR();
        _platform = builder.Build();
        _platform.MapHub<THub>(ProviderHubNames.Path);
        _hub = new HubConnectionBuilder().WithUrl(address + ProviderHubNames.Path).Build();
        Link = new HubLink(clock);
    }

    public HubLink Link { get; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _platform.StartAsync(cancellationToken);
        await _hub.StartAsync(cancellationToken);
        Link.Up(_hub);
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _platform.DisposeAsync();
    }
}
