using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;

namespace Orkestron.Agents.Plans.Checking;

/// <summary>Finds plans that would call themselves for ever. The search is bounded.</summary>
internal static class PlanCycles
{
    private const int MaxWalked = 500;

    /// <summary>The fault of a plan that calls its own agent, itself or through other plans; null when it does not.</summary>
    public static async Task<PlanFault?> FindAsync(
        string self, IEnumerable<(string Agent, string Path)> calls, IAgentDirectory directory, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var walk = new Queue<(string Agent, string Path, string Way)>(calls.Select(static call => (call.Agent, call.Path, call.Agent)));
        while (walk.TryDequeue(out var at))
        {
            if (at.Agent == self)
            {
                return new PlanFault(at.Path, $"The plan comes back to itself: {self} > {at.Way}. A plan may not call itself.");
            }

            if (!seen.Add(at.Agent))
            {
                continue;
            }

            if (seen.Count > MaxWalked)
            {
                return new PlanFault(at.Path, $"The plans that this plan calls call more than {MaxWalked} agents.");
            }

            foreach (var next in (await directory.FindAsync(at.Agent, cancellationToken))?.Calls ?? [])
            {
                walk.Enqueue((next, at.Path, $"{at.Way} > {next}"));
            }
        }

        return null;
    }
}
