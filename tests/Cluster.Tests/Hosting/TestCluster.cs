using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orkestron.Contracts.Agents;
using Orkestron.Grains.Agents;
using Orkestron.Grains.Hosting;
using Orkestron.Grains.Streams;
using Orkestron.Grains.Tasks;
using Orkestron.Silo.Agents;
using Orkestron.Silo.Hosting;
using Orkestron.Silo.Recovery;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Orkestron.Cluster.Tests.Hosting;

/// <summary>Silos in this process on one real PostgreSQL database of their own, made as the product makes them.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _database = $"cluster_{Guid.NewGuid():N}";
    private readonly string _keys = Directory.CreateTempSubdirectory("orkestron-cluster-").FullName;
    private InProcessTestCluster? _cluster;

    private TestCluster(string server) => _server = server;

    /// <summary>What the test agents do, shared by all silos.</summary>
    public TestAgents Agents { get; } = new();

    public InProcessTestCluster Silos => _cluster!;

    public IGrainFactory Grains => _cluster!.Client;

    internal string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = _database }.ToString();

    public static async Task<TestCluster> StartAsync(
        short silos = 2, IWorkStreamFaults? faults = null, Action<IServiceCollection>? services = null)
    {
        var server = Environment.GetEnvironmentVariable("ORKESTRON_TEST_POSTGRES");
        Assert.False(
            string.IsNullOrEmpty(server),
            "These tests need PostgreSQL: export ORKESTRON_TEST_POSTGRES=\"$(eng/postgres.sh start | tail -n 1)\"");
        var cluster = new TestCluster(server!);
        await cluster.RunAsync($"CREATE DATABASE {cluster._database}");
        await cluster.DeployAsync(silos, faults, services);
        return cluster;
    }

    public Task KillAsync(int silo) => Silos.KillSiloAsync(Silos.Silos[silo]);

    public async ValueTask DisposeAsync()
    {
        Agents.ReleaseAll();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        await RunAsync($"DROP DATABASE IF EXISTS {_database} WITH (FORCE)");
        Directory.Delete(_keys, recursive: true);
    }

    private async Task DeployAsync(short silos, IWorkStreamFaults? faults, Action<IServiceCollection>? more)
    {
        var settings = new SiloSettings(
            _keys, ConnectionString, Cluster: true, "test", System.Net.IPAddress.Loopback, SiloPort: 0, GatewayPort: 0);
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(settings);
            silo.Services.AddStoreJournal(settings);
            silo.Services.AddHostedService<JournalService>();
            silo.AddStores(settings);
            silo.AddWorkStreams();
            silo.Services.AddOrkestronGrains();
            silo.Services.Configure<TaskOptions>(tasks =>
                (tasks.RetryDelay, tasks.RedispatchPeriod) = (TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(300)));
            silo.Services.Configure<ClusterMembershipOptions>(ClusterTiming.Tune);
            foreach (var agent in Agents.All)
            {
                silo.Services.AddSingleton(agent);
            }

            silo.Services.AddSingleton<IAgentTransport, BuiltInTransport>();
            silo.Services.AddSingleton<BuiltInPublisher>();
            silo.Services.AddHostedService<RecoveryService>();
            if (faults is not null)
            {
                silo.Services.AddSingleton(faults);
            }

            more?.Invoke(silo.Services);
        });
        await Silo.Postgres.OrleansSchema.MigrateAsync(ConnectionString, CancellationToken.None);
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
