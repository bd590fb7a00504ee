using System.Text.Json;
using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;

namespace Orkestron.Agents.Plans.Checking;

/// <summary>What the calls of a plan cost, as far as that is known before. Pure.</summary>
internal sealed class PlanCosts(IReadOnlyDictionary<string, DirectoryAgent> agents)
{
    // Money fits a long; a plan of 200 steps with loops of 1,000 in loops might not.
    private const double Most = 9_000_000_000_000_000_000;

    public PlanPrice Of(Plan plan)
    {
        var (least, most) = Steps(plan.Steps);
        return new PlanPrice(
            new Tokens((long)Math.Min(least, Most)), most is { } bound and < Most ? new Tokens((long)bound) : null);
    }

    private (double Least, double? Most) Steps(IReadOnlyList<PlanStep> steps) =>
        steps.Aggregate((Least: 0.0, Most: (double?)0), (sum, step) => Add(Add(sum, Step(step)), (0, Steps(step.Compensate).Most)));

    private (double Least, double? Most) Step(PlanStep step) => step switch
    {
        CallStep call => Call(call.Agent),
        ParallelStep parallel => Sum(parallel.Branches.Select(Steps)),
        MapStep map => Times(Steps(map.Do), map.Over),
        ReduceStep reduce => Times(Steps(reduce.Do), reduce.Over),
        BranchStep branch => Either(Steps(branch.Then), Steps(branch.Else)),
        LoopStep loop => (0, Steps(loop.Do).Most * loop.AtMost),
        // Calls that a losing branch completed are paid.
        RaceStep race => (race.Branches.Min(branch => Steps(branch).Least), Sum(race.Branches.Select(Steps)).Most),
        VoteStep vote => Sum(vote.Agents.Select(Call)),
        _ => (0, 0),
    };

    private (double Least, double? Most) Call(string agent)
    {
        if (!agents.TryGetValue(agent, out var called))
        {
            return (0, 0);
        }

        // An input has at least two bytes: the first begun thousand.
        var price = (double)called.Price.PerCall.Micro + called.Price.PerThousandCharacters.Micro;
        return (price, price + called.Price.CallsHeld(1_000).Micro);
    }

    private static (double, double?) Times((double Least, double? Most) each, JsonElement over) =>
        over.ValueKind == JsonValueKind.Array
            ? (each.Least * over.GetArrayLength(), each.Most * over.GetArrayLength())
            : (0, each.Most == 0 ? 0 : null);

    private static (double, double?) Either((double Least, double? Most) one, (double Least, double? Most) other) =>
        (Math.Min(one.Least, other.Least), one.Most is { } a && other.Most is { } b ? Math.Max(a, b) : null);

    private static (double Least, double? Most) Sum(IEnumerable<(double, double?)> all) =>
        all.Aggregate((0.0, (double?)0), Add);

    private static (double Least, double? Most) Add((double Least, double? Most) one, (double Least, double? Most) other) =>
        (one.Least + other.Least, one.Most + other.Most);
}
