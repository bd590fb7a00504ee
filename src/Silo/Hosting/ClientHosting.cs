using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orkestron.Agents.Hosting;
using Orkestron.Contracts.Agents;
using Orkestron.Silo.Agents;
using Orkestron.Silo.Artifacts;
using Orkestron.Silo.Configuration;
using Orleans.Configuration;

namespace Orkestron.Silo.Hosting;

/// <summary>Lets a process without a silo call the grains of a cluster.</summary>
public static class ClientHosting
{
    /// <summary>
    /// Adds an Orleans client of the cluster on <c>ConnectionStrings:Orkestron</c>. Calls through a gateway that died wait
    /// for the timeout (10 seconds), then fail and can be retried.
    /// </summary>
    /// <exception cref="InvalidOperationException">No connection string is configured.</exception>
    public static IHostApplicationBuilder AddOrkestronClient(this IHostApplicationBuilder builder)
    {
        var settings = SiloSettings.Read(builder.Configuration, builder.Environment.ContentRootPath);
        var postgres = settings.ConnectionString ?? throw new InvalidOperationException(
            "A client node needs the cluster's PostgreSQL: set ConnectionStrings:Orkestron.");
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Logging.QuietenOrleans();
        builder.Services.AddArtifactsOfACluster(settings);
        builder.Services.AddSingleton<IAgentDirectory, AgentDirectory>();
        builder.Services.AddSingleton<ISchemaChecker, SchemaChecker>();
        builder.Services.AddPlanChecks();
        builder.UseOrleansClient(client =>
        {
            client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) =
                (SiloSettings.Npgsql, postgres));
            client.Configure<ClusterOptions>(options =>
                (options.ServiceId, options.ClusterId) = (SiloSettings.ServiceId, settings.ClusterId));
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ClusterTiming.ClientTimeout);
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = ClusterTiming.GatewayRefresh);
            client.Services.AddFaultTransport();
            client.UseConnectionRetryFilter<RetryConnection>();
        });
        return builder;
    }

    /// <summary>Retries, because the silos may start after this node.</summary>
    private sealed class RetryConnection(TimeProvider clock) : IClientConnectionRetryFilter
    {
        public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
            return true;
        }
    }
}
