using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orkestron.Agents.Hosting;
using Orkestron.Contracts.Agents;
using Orkestron.Grains.Execution;
using Orkestron.Silo.Endpoints;
using Orkestron.Silo.Faults;

namespace Orkestron.Silo.Agents;

/// <summary>Registers the agents that run in a silo, and the transports to all others.</summary>
internal static class BuiltInHosting
{
    public static IServiceCollection AddBuiltInAgentsOfSilo(
        this IServiceCollection services, IConfiguration configuration)
    {
        services.AddBuiltInAgents(configuration);
        services.AddSingleton<IAgentDirectory, AgentDirectory>();
        services.AddSingleton<ISchemaChecker, SchemaChecker>();
        services.AddGrainRetry();
        services.AddSingleton<InProcess>();
        services.AddSingleton<IAgentTransport, BuiltInTransport>();
        services.AddHttpAgents();
        services.AddSingleton<IAgentTransport, PlanTransport>();
        services.AddSingleton<BuiltInPublisher>();
        return services;
    }
}
