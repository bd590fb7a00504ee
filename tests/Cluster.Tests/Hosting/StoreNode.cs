using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orkestron.Grains.Common;
using Orkestron.Silo.Hosting;
using Orkestron.Tests.Shared;
using Orleans.Storage;

namespace Orkestron.Cluster.Tests.Hosting;

/// <summary>A node as the product starts it, for tests of its stores; one for all tests of a class.</summary>
public abstract class StoreNode(bool postgres) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orkestron-node-").FullName;
    private TestDatabase? _database;
    private IHost? _host;

    public IGrainStorage Storage => _host!.Services.GetRequiredKeyedService<IGrainStorage>(StorageNames.Cold);

    public IServiceProvider Services => _host!.Services;

    public IReminderTable Reminders => _host!.Services.GetRequiredService<IReminderTable>();

    public async ValueTask InitializeAsync()
    {
        _database = postgres ? await TestDatabase.CreateAsync("cluster") : null;
        await StartAsync();
    }

    /// <summary>Ends the node, store and all, and starts it again on what it left.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private async Task StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _folder });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Orkestron:DataDirectory"] = _folder,
            ["ConnectionStrings:Orkestron"] = _database?.ConnectionString,
        });
        builder.AddOrkestronSilo();
        _host = builder.Build();
        await _host.StartAsync(TestContext.Current.CancellationToken);
    }

    private async Task StopAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync(CancellationToken.None);
            _host.Dispose();
            _host = null;
        }
    }
}

public sealed class PostgresNode() : StoreNode(postgres: true);

public sealed class EmbeddedNode() : StoreNode(postgres: false);
