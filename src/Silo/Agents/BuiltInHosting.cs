using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orkestron.Agents.Hosting;
using Orkestron.Contracts.Agents;
using Orkestron.Grains.Execution;
using Orkestron.Silo.Endpoints;
using Orkestron.Silo.Faults;
using Orkestron.Silo.Recovery;

namespace Orkestron.Silo.Agents;

/// <summary>Registers the built-in agents, their transport, and what brings tasks back after a crash.</summary>
internal static class BuiltInHosting
{
    public static IServiceCollection AddBuiltInAgentsAndRecovery(
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
        services.AddHostedService<RecoveryService>();
        return services;
    }
}
