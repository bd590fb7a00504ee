using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Orchestration;

namespace Orkestron.Agents.Orchestration.Checking;

/// <summary>The agents that a plan calls, and those that these call by plans of their own.</summary>
internal static class PlanCalls
{
    private const int MaxWalked = 500;

    /// <summary>Every call with its place, in the order of the plan.</summary>
    public static IEnumerable<(string Agent, string Path)> Of(IReadOnlyList<PlanStep> steps, string path = "/steps") =>
        steps.SelectMany((step, i) => Of(step, $"{path}/{i}").Concat(Of(step.Compensate, $"{path}/{i}/compensate")));

    /// <summary>Whether the plan of an agent comes back to it through other plans. Bounded; a fault when it does.</summary>
    public static async Task<PlanFault?> CycleAsync(
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

    private static IEnumerable<(string Agent, string Path)> Of(PlanStep step, string path) => step switch
    {
        CallStep call => [(call.Agent, $"{path}/call")],
        ParallelStep parallel => parallel.Branches.SelectMany((branch, i) => Of(branch, $"{path}/parallel/{i}")),
        RaceStep race => race.Branches.SelectMany((branch, i) => Of(branch, $"{path}/race/{i}")),
        MapStep map => Of(map.Do, $"{path}/map/do"),
        ReduceStep reduce => Of(reduce.Do, $"{path}/reduce/do"),
        LoopStep loop => Of(loop.Do, $"{path}/loop/do"),
        BranchStep branch => Of(branch.Then, $"{path}/branch/then").Concat(Of(branch.Else, $"{path}/branch/else")),
        VoteStep vote => vote.Agents.Select((agent, i) => (agent, $"{path}/vote/agents/{i}")),
        _ => [],
    };
}
