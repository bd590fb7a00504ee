using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orkestron.Agents.Chat;
using Orkestron.Agents.Classification;
using Orkestron.Agents.Common;
using Orkestron.Agents.Embeddings;
using Orkestron.Agents.Facts;
using Orkestron.Agents.Isolation;
using Orkestron.Agents.Keywords;
using Orkestron.Agents.Planning;
using Orkestron.Agents.Plans.Checking;
using Orkestron.Agents.Research;
using Orkestron.Agents.Search;
using Orkestron.Agents.Summaries;
using Orkestron.Agents.TextDiff;
using Orkestron.Agents.Workflows;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;

namespace Orkestron.Agents.Hosting;

/// <summary>Registers the agents of this assembly.</summary>
public static class AgentsHosting
{
    /// <summary>Adds each built-in agent as a singleton <see cref="IAgent"/>.</summary>
    /// <param name="services">Where to add them.</param>
    /// <param name="configuration">Sections <c>Orkestron:Agents</c>, <c>Orkestron:Isolation</c> and <c>Orkestron:Models</c> are
    /// read.</param>
    public static IServiceCollection AddBuiltInAgents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AgentsOptions>()
            .Bind(configuration.GetSection(AgentsOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<WorkGate>();
        services.AddSingleton<IEmbedder, MiniLmEmbedder>();
        services.AddSingleton<AgentEmbeddingIndex>();

        // One line for each agent that runs in the node; those that need a process of their own are in IsolatedAgents.
        services.AddSingleton<IAgent, ClassifierAgent>();
        services.AddSingleton<IAgent, FactAgent>();
        services.AddSingleton<IAgent, KeywordAgent>();
        services.AddSingleton<IAgent, PlannerAgent>();
        services.AddSingleton<IAgent, ResearchAgent>();
        services.AddSingleton<IAgent, SearchAgent>();
        services.AddSingleton<IAgent, SummariserAgent>();
        services.AddSingleton<IAgent, TextDiffAgent>();
        services.AddSingleton<IAgent, WorkflowAgent>();
        services.AddIsolation(configuration, IsolatedAgents.All);
        services.AddModels(configuration);
        return services.AddPlanChecks();
    }

    /// <summary>Adds the checker of plans. The host adds an <see cref="IAgentDirectory"/>, which lists the published agents.</summary>
    public static IServiceCollection AddPlanChecks(this IServiceCollection services) =>
        services.AddSingleton<IPlanChecker, PlanChecker>();
}
