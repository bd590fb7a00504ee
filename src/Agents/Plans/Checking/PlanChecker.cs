using System.Text.Json;
using System.Text.RegularExpressions;
using Orkestron.Agents.Documents;
using Orkestron.Agents.Plans.Model;
using Orkestron.Agents.Plans.Reading;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;

namespace Orkestron.Agents.Plans.Checking;

/// <summary>Checks plans: form, agents, data flow, cycles, price.</summary>
internal sealed partial class PlanChecker(IAgentDirectory directory) : IPlanChecker
{
    private const int MaxFaults = 50;

    public async Task<CheckedPlan> CheckAsync(PlanDraft draft, CancellationToken cancellationToken)
    {
        foreach (var outside in new[] { draft.InputSchema, draft.OutputSchema }.OfType<JsonElement>())
        {
            // Checked first, because following a harmful schema may take unbounded time.
            if (directory.FaultOf(outside) is { } harm)
            {
                return new CheckedPlan(new PlanReport(false, [new PlanFault("", harm)], [], null), null);
            }
        }

        var (written, broken) = Written(draft);
        if (written is not { } json)
        {
            return new CheckedPlan(new PlanReport(false, [broken!], [], null), null);
        }

        var (plan, mistakes) = PlanReader.Read(json);
        var faults = new List<PlanFault>(mistakes);
        if (plan is null)
        {
            return new CheckedPlan(new PlanReport(false, WithPositions(draft, faults), [], null), json);
        }

        var calls = PlanCalls.Of(plan.Steps).ToArray();
        var found = await Task.WhenAll(calls.Select(static call => call.Agent).Distinct(StringComparer.Ordinal)
            .Select(agent => directory.FindAsync(agent, cancellationToken)));
        var agents = found.OfType<DirectoryAgent>().ToDictionary(static agent => agent.Agent, StringComparer.Ordinal);
        var input = draft switch
        {
            { Input: { } known } => new LiteralShape(known),
            { InputSchema: { } schema } => new SchemaShape(Schema.Of(schema)),
            _ => Shape.Unknown,
        };
        var answer = new PlanTyping(agents, faults.Add).Follow(plan, input);
        if (draft.OutputSchema is { } promised)
        {
            new Compatibility("The output schema", faults.Add).Check(
                answer, Schema.Of(promised), new PlanLocation(plan.Output is null ? "/steps" : "/output"));
        }

        if (draft.Agent is { } self && await PlanCycles.FindAsync(self, calls, directory, cancellationToken) is { } cycle)
        {
            faults.Add(cycle);
        }

        var report = new PlanReport(
            faults.Count == 0,
            WithPositions(draft, faults),
            [.. agents.Values.Select(static agent => new PlannedAgent(
                agent.Agent,
                agent.Version,
                agent.Title,
                ListedPrice.Of(agent.Price)))],
            new PlanCosts(agents).Of(plan),
            faults.Count == 0 ? ShapeSchema.Of(answer) : null);
        return new CheckedPlan(report, json);
    }

    private static (JsonElement? Plan, PlanFault? Fault) Written(PlanDraft draft)
    {
        if (draft.Yaml is not { } yaml)
        {
            return draft.Plan is { } plan ? (plan, null) : (null, new PlanFault("", "Send a plan, as JSON or as YAML."));
        }

        try
        {
            return (JsonSerializer.SerializeToElement(YamlReader.Read(yaml, [])), null);
        }
        catch (AgentRefusedException refused)
        {
            var line = Line().Match(refused.Message);
            return (null, new PlanFault(
                "", refused.Message, line.Success ? int.Parse(line.ValueSpan, null) : null, line.Success ? 1 : null));
        }
    }

    private static PlanFault[] WithPositions(PlanDraft draft, IEnumerable<PlanFault> faults)
    {
        var told = faults.DistinctBy(static fault => (fault.Path, fault.Message)).Take(MaxFaults).ToArray();
        if (told.Length == 0)
        {
            return told;
        }

        var places = draft.Yaml is { } yaml ? PlanPositions.OfYaml(yaml) : PlanPositions.OfJson(draft.Plan!.Value.GetRawText());
        return [.. told.Select(fault => PlanPositions.Nearest(places, fault.Path) is var (line, column)
            ? fault with { Line = line, Column = column }
            : fault)];
    }

    [GeneratedRegex("(?<= at line )[0-9]{1,9}", RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
