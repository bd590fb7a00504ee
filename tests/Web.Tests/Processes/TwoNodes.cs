using Orkestron.Tests.Shared;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Processes;

/// <summary>Two web nodes of one cluster on PostgreSQL: one with a silo of its own, one that is a client.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    private TestDatabase? _database;

    public WebNode Silo { get; } = new();

    public WebNode Client { get; } = new();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync("sessions");
        var ports = FreePorts.Take(2);
        await Silo.StartAsync(
            null,
            "--ConnectionStrings:Orkestron", _database.ConnectionString,
            "--Orkestron:Cluster", "true",
            "--Orkestron:SiloPort", $"{ports[0]}",
            "--Orkestron:GatewayPort", $"{ports[1]}");
        await Client.StartAsync(
            null,
            "--ConnectionStrings:Orkestron", _database.ConnectionString,
            "--Orkestron:Mode", "Client",
            // The keys of a cluster are shared.
            "--Orkestron:DataDirectory", Silo.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Silo.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}
