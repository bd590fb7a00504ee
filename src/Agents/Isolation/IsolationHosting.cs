using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Isolation;

/// <summary>Registers agents that run untrusted work: in the node as calls of a child process, in the child as they are.</summary>
internal static class IsolationHosting
{
    /// <summary>Registers the agents in the node.</summary>
    public static IServiceCollection AddIsolation(
        this IServiceCollection services, IConfiguration configuration, IReadOnlyList<IsolatedRegistration> agents)
    {
        services.AddOptions<IsolationOptions>()
            .Bind(configuration.GetSection(IsolationOptions.Section))
            .ValidateDataAnnotations()
            .Validate(static options => options.KeepMebibytes <= options.MemoryMebibytes, "KeepMebibytes must not exceed MemoryMebibytes.")
            .ValidateOnStart();
        services.AddLogging();
        services.AddSingleton<WorkerWatch>();
        services.AddSingleton<WorkerStarter>();
        services.AddSingleton(_ => new WarmCalls([.. agents.Select(static agent => agent.Card())]));
        services.AddSingleton<WorkerPool>();
        services.AddHostedService<WarmUp>();
        foreach (var agent in agents)
        {
            services.AddSingleton<IAgent>(provider => InNode(agent, provider));
        }

        return services;
    }

    /// <summary>Registers the agents in a child process.</summary>
    public static IServiceCollection AddIsolatedAgents(
        this IServiceCollection services, AgentsOptions options, IReadOnlyList<IsolatedRegistration> agents)
    {
        services.AddSingleton(Options.Create(options));
        services.AddSingleton<WorkGate>();
        foreach (var agent in agents)
        {
            agent.AddToChild(services);
        }

        return services;
    }

    private static IsolatedAgent InNode(IsolatedRegistration agent, IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<IsolationOptions>>().Value;
        var own = agent.Seconds(provider.GetRequiredService<IOptions<AgentsOptions>>().Value);
        var processor = TimeSpan.FromSeconds(own + options.GraceSeconds);
        var limits = new WorkerLimits(options.MemoryMebibytes, processor, processor * options.ClockFactor);
        return new IsolatedAgent(agent.Card(), limits, provider.GetRequiredService<WorkerPool>());
    }
}
