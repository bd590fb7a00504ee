using System.Text.Json;
using System.Text.Json.Nodes;
using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Planning;

/// <summary>
/// Puts calls one after the other where one needs what another answers, and side by side where it does not: when its input can
/// be met by what was there before, and the goal's words do not say otherwise.
/// </summary>
/// <param name="given">What the task's owner gave.</param>
internal sealed class Stages(DataBinding given)
{
    private const int MaxRead = 20_000;
    private const int MaxUnclear = 20;

    private readonly JsonArray _steps = [];
    private readonly List<(DirectoryAgent Agent, string At, IReadOnlyList<string> Uses)> _calls = [];
    private readonly List<(DirectoryAgent Agent, JsonObject Step)> _open = [];
    private readonly List<(DirectoryAgent Agent, string Input)> _made = [];
    private readonly List<PlannedCall> _planned = [];
    private readonly List<(GoalPart Part, DirectoryAgent Agent, JsonObject Input)> _parts = [];
    private readonly List<LeftOut> _leftOut = [];
    private readonly List<string> _assumed = [];
    private DataBinding _before = given;
    private int _stages;

    /// <summary>What each call is for, in the order of the plan.</summary>
    public IReadOnlyList<PlannedCall> Calls => _planned;

    /// <summary>What of the parts their agents do not do.</summary>
    public IReadOnlyList<LeftOut> LeftOut => _leftOut;

    /// <summary>What was taken without the goal saying so, in sentences.</summary>
    public IReadOnlyList<string> Assumed => _assumed;

    /// <summary>Words of the parts that neither the agents chosen for them nor the input have.</summary>
    public IReadOnlyList<string> Unclear(JsonElement given)
    {
        var known = Given(given, 0).ToHashSet(StringComparer.OrdinalIgnoreCase);
        known.UnionWith(GoalValues.UsualLabels);
        return [.. _parts.Where(static each => each.Agent.Agent != ModelPrompt.Chat && !Coverage.Passes(each.Part.Text, each.Input))
            .SelectMany(
                each =>
                    Coverage.Unused(each.Part.Text, each.Agent, known.Concat(GoalValues.Labels(each.Part.Text).SelectMany(GoalWords.Of))))
            .Except(_leftOut.SelectMany(static left => GoalWords.Of(left.Part)), StringComparer.OrdinalIgnoreCase)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MaxUnclear)];
    }

    /// <summary>Why the agent cannot do the part without code that is missing; null when it can.</summary>
    public string? NeedsCode(DirectoryAgent agent, GoalPart part) =>
        After().InputOf(agent, part.Text) is { } input ? Coverage.NeedsCode(part.Text, agent, input.AsObject()) : null;

    /// <summary>Whether the code that the agent works by is given.</summary>
    public bool HasCode(DirectoryAgent agent, GoalPart part) =>
        After().InputOf(agent, part.Text) is { } input && Coverage.HasCode(input.AsObject());

    /// <summary>Adds a call of an agent; false when something that it needs is not there.</summary>
    public bool Add(DirectoryAgent agent, GoalPart part)
    {
        if (_open.Count == 0)
        {
            return Open(agent, part, _before.InputOf(agent, part.Text));
        }

        var after = After();
        var later = part.Then || after.Refers(part.Text, _before);
        if (!later && _before.InputOf(agent, part.Text) is { } repeated && Repeats(agent, repeated))
        {
            return Open(agent, part, repeated);
        }

        var follows = later || after.Prefers(agent, _before);
        if (!follows && _before.InputOf(agent, part.Text) is { } beside)
        {
            return Open(agent, part, beside);
        }

        if (after.InputOf(agent, part.Text) is not { } input)
        {
            return false;
        }

        Close(after);
        return Open(agent, part, input);
    }

    /// <summary>What an agent needs and nothing gives, as the end of a sentence.</summary>
    public string IsMissing(DirectoryAgent agent, GoalPart part) => After().IsMissing(agent, part.Text);

    /// <summary>The plan. Its output holds the answers that no later call uses, by the names of the agents.</summary>
    public JsonObject Plan()
    {
        Close(After());
        var plan = new JsonObject { ["steps"] = _steps };
        var ends = _calls.Where(
            call => !_calls.Exists(other => other.Uses.Any(used => used.StartsWith($"{call.At}/", StringComparison.Ordinal)))).ToArray();
        if (ends.Length > 1)
        {
            var output = new JsonObject();
            foreach (var end in ends)
            {
                output[Name(end.Agent, output)] = new JsonObject { [PlanTemplate.Reference] = end.At };
            }

            plan["output"] = output;
        }

        return plan;
    }

    private static string Name(DirectoryAgent agent, JsonObject taken)
    {
        var name = agent.Agent[(agent.Agent.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var free = name;
        for (var i = 2; taken.ContainsKey(free); i++)
        {
            free = $"{name}-{i}";
        }

        return free;
    }

    private bool Open(DirectoryAgent agent, GoalPart part, JsonNode? input)
    {
        if (input is null)
        {
            return false;
        }

        _leftOut.AddRange(Coverage.Of(part.Text, agent, input.AsObject()));
        _parts.Add((part, agent, input.AsObject()));
        var written = input.ToJsonString();
        // The same call again gives the same answer: "keywords and entities" is one.
        if (Repeats(agent, input))
        {
            var same = _made.FindIndex(call => call.Agent.Agent == agent.Agent && call.Input == written);
            _planned[same] = _planned[same] with { Does = $"{_planned[same].Does}; {part.Text}" };
            return true;
        }

        if (GoalValues.Labels(part.Text).Count == 0 && DataBinding.TakesUsualLabels(input.AsObject()))
        {
            _assumed.Add($"'{part.Text}' names no labels: {string.Join(", ", GoalValues.UsualLabels)} are taken. Change them in the plan, give input.labels, or write 'classify as A, B or C'.");
        }

        _made.Add((agent, written));
        _planned.Add(new PlannedCall(agent.Agent, part.Text));
        _open.Add((agent, new JsonObject { ["id"] = $"s{_calls.Count + _open.Count + 1}", ["call"] = agent.Agent, ["input"] = input }));
        return true;
    }

    private bool Repeats(DirectoryAgent agent, JsonNode input)
    {
        var written = input.ToJsonString();
        return _made.Exists(call => call.Agent.Agent == agent.Agent && call.Input == written);
    }

    // The words of what was given: what the goal says of them is its subject, nothing to do.
    private static IEnumerable<string> Given(JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.String => GoalWords.Of(value.GetString()![..Math.Min(value.GetString()!.Length, MaxRead)]),
        JsonValueKind.Array when depth < 6 => value.EnumerateArray().Take(50).SelectMany(each => Given(each, depth + 1)),
        JsonValueKind.Object when depth < 6 => value.EnumerateObject().Take(50)
            .SelectMany(each => GoalWords.Of(DataBinding.Spoken(each.Name)).Concat(Given(each.Value, depth + 1))),
        _ => [],
    };

    /// <summary>What is there when the open stage has answered.</summary>
    private DataBinding After()
    {
        var after = _before.Fork();
        for (var i = 0; i < _open.Count; i++)
        {
            after.Answer(At(i), _open[i].Agent, _stages + 1);
        }

        return after;
    }

    // Steps within a parallel one are not seen from outside: their answers are its list.
    private string At(int index) => _open.Count == 1 ? $"/steps/{_open[0].Step["id"]}" : $"/steps/p{_stages + 1}/{index}";

    private void Close(DataBinding after)
    {
        if (_open.Count == 0)
        {
            return;
        }

        _calls.AddRange(_open.Select((call, i) => (call.Agent, At(i), DataBinding.Uses(call.Step["input"]!))));
        _stages++;
        _steps.Add(_open.Count == 1
            ? _open[0].Step
            : new JsonObject
            {
                ["id"] = $"p{_stages}",
                ["parallel"] = new JsonArray([.. _open.Select(static call => new JsonArray(call.Step))]),
            });
        _open.Clear();
        _before = after;
    }
}
