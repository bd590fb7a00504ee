namespace Orkestron.Agents.Plans.Model;

/// <summary>The agents that a plan calls. Pure.</summary>
internal static class PlanCalls
{
    /// <summary>Every call with its location, in the order of the plan.</summary>
    public static IEnumerable<(string Agent, string Path)> Of(IReadOnlyList<PlanStep> steps, string path = "/steps") =>
        steps.SelectMany((step, i) => Of(step, $"{path}/{i}").Concat(Of(step.Compensate, $"{path}/{i}/compensate")));

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
