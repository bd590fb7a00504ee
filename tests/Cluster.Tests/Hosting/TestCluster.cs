using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orkestron.Contracts.Agents;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.Grains.Execution;
using Orkestron.Grains.Hosting;
using Orkestron.Grains.Streams;
using Orkestron.Silo.Agents;
using Orkestron.Silo.Artifacts;
using Orkestron.Silo.Configuration;
using Orkestron.Silo.Faults;
using Orkestron.Silo.Hosting;
using Orkestron.Silo.Recovery;
using Orkestron.Silo.Storage;
using Orkestron.Tests.Shared;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Orkestron.Cluster.Tests.Hosting;

/// <summary>Silos in this process on one real PostgreSQL database of their own, made as the product makes them.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly string _keys = Directory.CreateTempSubdirectory("orkestron-cluster-").FullName;
    private InProcessTestCluster? _cluster;

    private TestCluster(TestDatabase database)
    {
        _database = database;
        (Store, ConnectionString) = database.Behind();
    }

    /// <summary>What the test agents do, shared by all silos.</summary>
    public TestAgents Agents { get; } = new();

    public InProcessTestCluster Silos => _cluster!;

    public IGrainFactory Grains => _cluster!.Client;

    /// <summary>Stands before PostgreSQL, and can take it away.</summary>
    internal LoopbackProxy Store { get; }

    internal string ConnectionString { get; }

    public static async Task<TestCluster> StartAsync(
        short silos = 2, IWorkStreamFaults? faults = null, Action<IServiceCollection>? services = null)
    {
        var cluster = new TestCluster(await TestDatabase.CreateAsync("cluster"));
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

        await _database.DisposeAsync();
        await Store.DisposeAsync();
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
            // Before the silo, as in the product: grains of it may be called as soon as it has joined.
            silo.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, JournalService>());
            silo.AddStores(settings);
            silo.AddWorkStreams();
            silo.Services.AddOrkestronGrains();
            silo.Services.AddArtifacts();
            silo.Services.AddFaultTransport();
            silo.Services.Configure<TaskOptions>(tasks =>
                (tasks.RetryDelay, tasks.RedispatchPeriod, tasks.WaitingAge) =
                    (TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(100)));
            silo.Services.Configure<AgentOptions>(agents => agents.SuspendAfter = TimeSpan.FromMilliseconds(100));
            silo.Services.Configure<ClusterMembershipOptions>(ClusterTiming.Tune);
            foreach (var agent in Agents.All)
            {
                silo.Services.AddSingleton(agent);
            }

            silo.Services.AddSingleton<IAgentDirectory, AgentDirectory>();
            silo.Services.AddGrainRetry();
            silo.Services.AddSingleton<InProcess>();
            silo.Services.AddSingleton<IAgentTransport, BuiltInTransport>();
            silo.Services.AddSingleton<IAgentTransport, PlanTransport>();
            silo.Services.AddSingleton<BuiltInPublisher>();
            silo.Services.AddHostedService<RecoveryService>();
            if (faults is not null)
            {
                silo.Services.AddSingleton(faults);
            }

            more?.Invoke(silo.Services);
        });
        builder.ConfigureClient(static client => client.Services.AddFaultTransport());
        await Silo.Postgres.OrleansSchema.MigrateAsync(ConnectionString, CancellationToken.None);
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        await PublishedAsync();
    }

    // A silo publishes its agents once it is up, behind its start.
    private async Task PublishedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        foreach (var card in Agents.All.Select(static agent => agent.Card))
        {
            while (await Grains.GetGrain<IAgentGrain>($"{card.Provider}/{card.Name}").GetManifestAsync() is null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
            }
        }
    }
}
