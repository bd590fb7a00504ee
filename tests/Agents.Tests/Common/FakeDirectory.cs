using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orkestron.Agents.Plans.Checking;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;

namespace Orkestron.Agents.Tests.Common;

/// <summary>The agents that there are in a test.</summary>
internal sealed class FakeDirectory(Func<IEnumerable<DirectoryAgent>> agents) : IAgentDirectory
{
    /// <summary>The built-in agents of a container, asked for when they are needed: one of them needs this.</summary>
    public static IServiceCollection Add(IServiceCollection services) => services.AddSingleton<IAgentDirectory>(static provider =>
        new FakeDirectory(() => provider.GetServices<IAgent>().Select(static agent => Of(agent.Card))));

    public static IPlanChecker Checker(params DirectoryAgent[] agents) => new PlanChecker(new FakeDirectory(() => agents));

    public Task<DirectoryAgent?> FindAsync(string agent, CancellationToken cancellationToken) =>
        Task.FromResult(agents().FirstOrDefault(each => each.Agent == agent));

    public string? FaultOf(JsonElement schema) => null;

    public Task<IReadOnlyList<DirectoryAgent>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DirectoryAgent>>([.. agents().OrderBy(static agent => agent.Agent, StringComparer.Ordinal)]);

    public static DirectoryAgent Of(AgentCard card) => new()
    {
        Agent = $"{card.Provider}/{card.Name}",
        Version = card.Version,
        Title = card.Title,
        Summary = card.Summary,
        Skills = card.Skills,
        InputSchema = card.InputSchema,
        OutputSchema = card.OutputSchema,
        Price = card.Price,
    };
}
