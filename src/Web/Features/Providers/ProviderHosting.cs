using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Orkestron.Silo.Faults;

namespace Orkestron.Web.Features.Providers;

/// <summary>Registers the hub that providers connect to.</summary>
internal static class ProviderHosting
{
    private const int MaxParallelMessages = 64;

    public static IServiceCollection AddProviderHub(this IServiceCollection services)
    {
        services.AddOptions<ProviderHubOptions>()
            .BindConfiguration(ProviderHubOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<StepTickets>();
        services.AddSingleton<ProviderAnnouncements>();
        services.AddGrainRetry();
        services.AddSingleton<ProviderCalls>();
        services.AddSingleton<ProviderHistory>();
        services.AddSingleton<ProviderValues>();
        services.AddSingleton<ProviderMessages>();
        services.AddSingleton<ProviderFiles>();
        services.AddSingleton<ArtifactLinks>();
        services.AddSingleton<ProviderConnections>();
        services.AddHostedService(static provider => provider.GetRequiredService<ProviderConnections>());
        // Without this call SignalR ignores the options of the hub.
        services.AddSingleton<ProviderFaults>();
        services.AddSignalR().AddHubOptions<ProviderHub>(static hub => hub.AddFilter<ProviderFaults>());
        services.AddSingleton<IHubProtocol, TolerantProtocol>();
        services.AddOptions<HubOptions<ProviderHub>>().Configure<IOptions<ProviderHubOptions>>(static (hub, options) =>
        {
            // A message beyond the limit is still read far enough to refuse it by name.
            hub.MaximumReceiveMessageSize = 2L * options.Value.MaxMessageBytes;
            // Answers wait for the journal; they must not wait for each other.
            hub.MaximumParallelInvocationsPerClient = MaxParallelMessages;
            hub.EnableDetailedErrors = false;
        });
        return services;
    }
}
