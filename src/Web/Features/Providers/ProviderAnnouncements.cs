using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Providers;
using Orkestron.Domain.Agents;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Web.Features.Agents.Catalogue;

namespace Orkestron.Web.Features.Providers;

/// <summary>Checks what a process announces and links the process with the agents.</summary>
internal sealed partial class ProviderAnnouncements(
    IGrainFactory grains, StepTickets tickets, IOptions<ProviderHubOptions> options)
{
    /// <exception cref="HubException">The process may not serve this.</exception>
    public async Task TakeAsync(ProviderConnection connection, ProviderHello hello)
    {
        if (Wrong(hello) is { } wrong)
        {
            throw new HubException($"invalid: {wrong}");
        }

        if (connection.ProcessId.Length > 0 && connection.ProcessId != hello.ProcessId)
        {
            throw new HubException("invalid: A connection belongs to one process; open another connection for another process.");
        }

        foreach (var served in hello.Agents)
        {
            await CheckAsync(connection.UserId, served.Agent);
        }

        var agents = hello.Agents.Select(static each => each.Agent).ToHashSet(StringComparer.Ordinal);
        var running = new List<StepTicket>();
        foreach (var text in hello.Running)
        {
            if (tickets.TryOpen(text, out var ticket) && agents.Contains(ticket.Agent))
            {
                running.Add(ticket);
            }
        }

        if (!await connection.AnnounceAsync(hello, running))
        {
            throw new HubException("too_many: One of the agents has reached its limit of processes.");
        }
    }

    private async Task CheckAsync(Guid userId, string agent)
    {
        var slash = agent.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1 || !AgentEndpoints.IsValidName(agent[..slash], agent[(slash + 1)..]))
        {
            throw new HubException("invalid: An agent is named provider/name.");
        }

        var provider = await grains.GetGrain<IProviderGrain>(agent[..slash]).GetAsync();
        if (provider is not null && provider.OwnerId != userId)
        {
            throw new HubException($"forbidden: The provider name '{agent[..slash]}' belongs to another account.");
        }

        if (provider is null
            || await grains.GetGrain<IAgentGrain>(agent).GetManifestAsync() is not { Transport: AgentTransports.Provider })
        {
            throw new HubException($"not_found: {agent} is not published. PUT /api/v1/agents/{agent} first.");
        }
    }

    private string? Wrong(ProviderHello? hello)
    {
        var limits = options.Value;
        if (hello is not { ProcessId: not null, Agents: not null, Running: not null } || !Process().IsMatch(hello.ProcessId))
        {
            return "Send processId (8 to 64 letters, digits and hyphens), session, agents and running.";
        }

        if (hello.Agents.Count is 0 || hello.Agents.Count > limits.MaxAgents || hello.Running.Count > limits.MaxRunning)
        {
            return $"A process serves 1 to {limits.MaxAgents} agents and runs at most {limits.MaxRunning} steps.";
        }

        if (hello.Agents.Any(each => each is not { Agent: not null, Version.Length: > 0 and <= 60 }
            || each.Capacity < 0 || each.Capacity > limits.MaxCapacity))
        {
            return $"An agent has a name, a version and a capacity of 0 to {limits.MaxCapacity}.";
        }

        return hello.Agents.DistinctBy(static each => each.Agent, StringComparer.Ordinal).Count() < hello.Agents.Count
            ? "Name each agent once."
            : null;
    }

    [GeneratedRegex("^[A-Za-z0-9-]{8,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Process();
}
