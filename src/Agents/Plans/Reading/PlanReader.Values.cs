using System.Text.Json;
using Orkestron.Agents.Plans.Model;
using Orkestron.Contracts;
using Orkestron.Contracts.Plans;

namespace Orkestron.Agents.Plans.Reading;

// Templates, conditions, references and plain values.
internal sealed partial class PlanReader
{
    private JsonElement Template(JsonElement owner, string path, string name, PlanNames seen)
    {
        if (!owner.TryGetProperty(name, out var template))
        {
            Fault($"{path}/{name}", "This is required.");
            return default;
        }

        Template(template, $"{path}/{name}", seen);
        return template;
    }

    private void Template(JsonElement template, string path, PlanNames seen)
    {
        if (PlanTemplate.Special(template) is { } special)
        {
            if (special.Name == PlanTemplate.Literal)
            {
                return;
            }

            if (special.Name == PlanTemplate.Reference)
            {
                Reference(special.Value, $"{path}/$ref", seen);
            }
            else if (special.Value.ValueKind == JsonValueKind.Array)
            {
                Template(special.Value, $"{path}/$text", seen);
            }
            else
            {
                Fault($"{path}/$text", "A text is a list of parts.");
            }
        }
        else if (template.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in template.EnumerateObject())
            {
                Template(member.Value, $"{path}/{JsonPointer.Escape(member.Name)}", seen);
            }
        }
        else if (template.ValueKind == JsonValueKind.Array)
        {
            foreach (var (item, i) in template.EnumerateArray().Select(static (item, i) => (item, i)))
            {
                Template(item, $"{path}/{i}", seen);
            }
        }
    }

    private JsonElement Condition(JsonElement owner, string path, string name, PlanNames seen)
    {
        if (!owner.TryGetProperty(name, out var condition))
        {
            Fault($"{path}/{name}", "This is required: a condition.");
            return default;
        }

        Condition(condition, $"{path}/{name}", seen);
        return condition;
    }

    private void Condition(JsonElement condition, string path, PlanNames seen)
    {
        if (condition.ValueKind != JsonValueKind.Object)
        {
            Fault(path, "A condition is an object: {ref, is, value}, {all}, {any} or {not}.");
        }
        else if (condition.TryGetProperty("not", out var not))
        {
            Condition(not, $"{path}/not", seen);
        }
        else if (condition.TryGetProperty("all", out var many) || condition.TryGetProperty("any", out many))
        {
            if (many.ValueKind != JsonValueKind.Array)
            {
                Fault(path, "This is a list of conditions.");
                return;
            }

            foreach (var (each, i) in many.EnumerateArray().Select(static (each, i) => (each, i)))
            {
                Condition(each, $"{path}/{i}", seen);
            }
        }
        else
        {
            Test(condition, path, seen);
        }
    }

    private void Test(JsonElement condition, string path, PlanNames seen)
    {
        Members(condition, path, "ref", "is", "value");
        if (condition.TryGetProperty("ref", out var pointer))
        {
            Reference(pointer, $"{path}/ref", seen);
        }
        else
        {
            Fault($"{path}/ref", "This is required: what to look at, for instance /steps/summary/score.");
        }

        var test = Word(condition, path, "is");
        if (test.Length > 0 && !PlanCondition.Tests.Contains(test))
        {
            Fault($"{path}/is", $"A test is one of {string.Join(", ", PlanCondition.Tests)}.");
        }

        if (test != "exists")
        {
            Template(condition, path, "value", seen);
        }
    }

    private void Reference(JsonElement pointer, string path, PlanNames seen)
    {
        if (pointer.ValueKind != JsonValueKind.String)
        {
            Fault(path, "A reference is a JSON Pointer, for instance /steps/summary/text.");
        }
        else if (!seen.Knows(pointer.GetString()!))
        {
            Fault(path, $"{pointer.GetString()} is not known here. Known are {seen}.");
        }
    }

    private string Agent(JsonElement written, string path)
    {
        var agent = written.ValueKind == JsonValueKind.String ? written.GetString()! : "";
        if (agent.Length > 101 || agent.Count(static each => each == '/') != 1)
        {
            Fault(path, "An agent is named provider/name, for instance orkestron/summariser.");
        }

        return agent;
    }

    private string Word(JsonElement owner, string path, string name)
    {
        if (owner.TryGetProperty(name, out var value) && value is { ValueKind: JsonValueKind.String }
            && value.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        Fault($"{path}/{name}", "This is required: a text.");
        return "";
    }

    private int Number(JsonElement owner, string path, string name, int otherwise, int most)
    {
        if (!owner.TryGetProperty(name, out var value))
        {
            return Math.Min(otherwise, most);
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 1 && number <= most)
        {
            return number;
        }

        Fault($"{path}/{name}", $"This is a whole number from 1 to {most}.");
        return 1;
    }

    private void Members(JsonElement owner, string path, params string[] allowed)
    {
        foreach (var member in owner.EnumerateObject().Where(member => !allowed.Contains(member.Name)))
        {
            Fault($"{path}/{JsonPointer.Escape(member.Name)}", $"There is no such member here. Known are {string.Join(", ", allowed.Distinct())}.");
        }
    }

    private void Fault(string path, string message)
    {
        if (_faults.Count < 50)
        {
            _faults.Add(new PlanFault(path, message));
        }
    }
}
