using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orkestron.Agents.Common;
using Orkestron.Agents.Csv;
using Orkestron.Agents.Documents;
using Orkestron.Agents.Scripts;
using Orkestron.Agents.Scripts.V8;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Isolation;

/// <summary>Registers the agents that run untrusted work: in the node as calls of a child process, in the child as they are.</summary>
internal static class IsolationHosting
{
    /// <summary>The node's side.</summary>
    public static IServiceCollection AddIsolation(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IsolationOptions>()
            .Bind(configuration.GetSection(IsolationOptions.Section))
            .ValidateDataAnnotations()
            .Validate(static options => options.KeepMebibytes <= options.MemoryMebibytes, "KeepMebibytes must not exceed MemoryMebibytes.")
            .ValidateOnStart();
        services.AddLogging();
        services.AddSingleton<WorkerWatch>();
        services.AddSingleton<WorkerStarter>();
        services.AddSingleton(new WarmCalls([ScriptCard.Card, CsvCard.Card, DocumentCard.Card]));
        services.AddSingleton<WorkerPool>();
        services.AddHostedService<WarmUp>();
        services.AddIsolated(CsvCard.Card, static agents => agents.CsvTimeoutSeconds);
        services.AddIsolated(ScriptCard.Card, static agents => agents.ScriptTimeoutSeconds);
        return services.AddIsolated(DocumentCard.Card, static agents => agents.DocumentTimeoutSeconds);
    }

    /// <summary>The child's side.</summary>
    public static IServiceCollection AddIsolatedAgents(this IServiceCollection services, AgentsOptions options)
    {
        services.AddSingleton(Options.Create(options));
        services.AddSingleton<WorkGate>();
        services.AddSingleton<IAgent, CsvAgent>();
        services.AddSingleton<IScriptRunner>(static provider => V8Runner.IsAvailable
            ? ActivatorUtilities.CreateInstance<V8Runner>(provider)
            : ActivatorUtilities.CreateInstance<JintRunner>(provider));
        services.AddSingleton<IAgent, ScriptAgent>();
        return services.AddSingleton<IAgent, DocumentAgent>();
    }

    private static IServiceCollection AddIsolated(this IServiceCollection services, AgentCard card, Func<AgentsOptions, int> seconds) =>
        services.AddSingleton<IAgent>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<IsolationOptions>>().Value;
            var own = seconds(provider.GetRequiredService<IOptions<AgentsOptions>>().Value);
            var processor = TimeSpan.FromSeconds(own + options.GraceSeconds);
            var limits = new WorkerLimits(options.MemoryMebibytes, processor, processor * options.ClockFactor);
            return new IsolatedAgent(card, limits, provider.GetRequiredService<WorkerPool>());
        });
}
