using System.Text.Json.Nodes;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Orchestration.Planning;

/// <summary>
/// Puts calls one after the other where one needs what another answers, and side by side where it does not: when its input can
/// be met by what was there before, and the goal's words do not say otherwise.
/// </summary>
/// <param name="given">What the task's owner gave.</param>
internal sealed class Stages(Wiring given)
{
    private readonly JsonArray _steps = [];
    private readonly List<(DirectoryAgent Agent, string At, IReadOnlyList<string> Uses)> _calls = [];
    private readonly List<(DirectoryAgent Agent, JsonObject Step)> _open = [];
    private Wiring _before = given;
    private int _stages;

    /// <summary>Adds a call of an agent; false when something that it needs is not there.</summary>
    public bool Add(DirectoryAgent agent, GoalPart part)
    {
        if (_open.Count == 0)
        {
            return Open(agent, _before.InputOf(agent, part.Text));
        }

        var after = After();
        var follows = part.Then || after.Refers(part.Text, _before) || after.Prefers(agent, _before);
        if (!follows && _before.InputOf(agent, part.Text) is { } beside)
        {
            return Open(agent, beside);
        }

        if (after.InputOf(agent, part.Text) is not { } input)
        {
            return false;
        }

        Close(after);
        return Open(agent, input);
    }

    /// <summary>What an agent needs and nothing gives, as the end of a sentence.</summary>
    public string Lacks(DirectoryAgent agent, GoalPart part) => After().Lacks(agent, part.Text);

    /// <summary>The plan. What several calls answer for nobody else is its answer together, by their agents' names.</summary>
    public JsonObject Plan()
    {
        Close(After());
        var plan = new JsonObject { ["steps"] = _steps };
        var ends = _calls.Where(call => !_calls.Exists(other => other.Uses.Any(used => used.StartsWith($"{call.At}/", StringComparison.Ordinal)))).ToArray();
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

    private bool Open(DirectoryAgent agent, JsonNode? input)
    {
        if (input is null)
        {
            return false;
        }

        _open.Add((agent, new JsonObject { ["id"] = $"s{_calls.Count + _open.Count + 1}", ["call"] = agent.Agent, ["input"] = input }));
        return true;
    }

    /// <summary>What is there when the open stage has answered.</summary>
    private Wiring After()
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

    private void Close(Wiring after)
    {
        _calls.AddRange(_open.Select((call, i) => (call.Agent, At(i), Wiring.Uses(call.Step["input"]!))));
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
