using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orkestron.Grains.Hosting;
using Orkestron.Grains.Streams;
using Orkestron.Silo.Agents;
using Orkestron.Silo.Artifacts;
using Orkestron.Silo.Configuration;
using Orkestron.Silo.Recovery;
using Orkestron.Silo.Storage;
using Orleans.Configuration;

namespace Orkestron.Silo.Hosting;

/// <summary>Runs the grains in this process.</summary>
public static class SiloHosting
{
    /// <summary>
    /// Adds a silo with its journal, storage, reminders, streams and built-in agents: embedded on SQLite, or on
    /// PostgreSQL, alone or in a cluster. See <see cref="SiloSettings"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The configuration is wrong; the message says what to do.</exception>
    public static IHostApplicationBuilder AddOrkestronSilo(this IHostApplicationBuilder builder)
    {
        var settings = SiloSettings.Read(builder.Configuration, builder.Environment.ContentRootPath);
        builder.Services.AddSingleton(settings);
        builder.Logging.QuietenOrleans();
        builder.Services.AddStoreJournal(settings);
        // Before the silo, so that the store is open when it starts and until it stopped.
        builder.Services.AddHostedService<JournalService>();
        builder.UseOrleans(silo =>
        {
            Join(silo, settings);
            silo.AddStores(settings);
            silo.AddWorkStreams();
            silo.Services.AddOrkestronGrains();
            silo.Services.AddFaultTransport();
        });
        builder.Services.AddArtifacts();
        builder.Services.AddBuiltInAgentsOfSilo(builder.Configuration);
        builder.Services.AddHostedService<RecoveryService>();
        return builder;
    }

    private static void Join(ISiloBuilder silo, SiloSettings settings)
    {
        var port = settings.SiloPort > 0 ? settings.SiloPort : FreePort.Find(settings.Address);
        if (settings.Cluster)
        {
            silo.UseAdoNetClustering(options =>
                (options.Invariant, options.ConnectionString) = (SiloSettings.Npgsql, settings.ConnectionString));
            silo.Configure<ClusterMembershipOptions>(ClusterTiming.Tune);
        }
        else
        {
            silo.UseDevelopmentClustering(new IPEndPoint(settings.Address, port));
        }

        silo.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) =
            (SiloSettings.ServiceId, settings.ClusterId));
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = ClusterTiming.SiloTimeout);
        silo.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = settings.Address;
            options.SiloPort = port;
            options.GatewayPort = settings.GatewayPort;
            options.SiloListeningEndpoint = new IPEndPoint(settings.Address, port);
            options.GatewayListeningEndpoint =
                settings.GatewayPort > 0 ? new IPEndPoint(settings.Address, settings.GatewayPort) : null;
        });
    }
}
