using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orkestron.Domain.Endpoints;
using Orkestron.Grains.Endpoints;
using Orkestron.Grains.Execution;

namespace Orkestron.Silo.Endpoints;

/// <summary>Registers HTTP endpoints.</summary>
internal static class EndpointHosting
{
    public static IServiceCollection AddHttpAgents(this IServiceCollection services)
    {
        services.TryAddSingleton<IEndpointResolver, DnsResolver>();
        services.AddSingleton<CallbackAddress>();
        services.AddSingleton<EndpointDirectory>();
        services.AddSingleton(static provider => new EndpointEgress(
            provider.GetRequiredService<EndpointDirectory>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<EndpointOptions>>()));
        services.AddSingleton<EndpointCalls>();
        services.AddSingleton<EndpointAnswers>();
        services.AddSingleton<IEndpointProbe, EndpointProbe>();
        services.AddSingleton<IAgentTransport, HttpTransport>();
        return services;
    }
}
