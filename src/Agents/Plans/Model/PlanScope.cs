using System.Text.Json;

namespace Orkestron.Agents.Plans.Model;

/// <summary>
/// What the steps of a plan see: <c>/input</c>, <c>/steps/{id}</c> of those before, and within map and reduce
/// <c>/item</c>, <c>/index</c> and <c>/accumulator</c>. A branch sees what was before it and keeps its own to itself.
/// </summary>
internal sealed class PlanScope(PlanScope? parent, JsonElement input)
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal) { ["/input"] = input };

    public PlanScope Inner() => new(this, input);

    /// <summary>A copy of what is visible now, unaffected by later changes.</summary>
    public PlanScope Copy()
    {
        var copy = new PlanScope(parent?.Copy(), input);
        foreach (var (name, value) in _values)
        {
            copy._values[name] = value;
        }

        return copy;
    }

    public void Set(string name, JsonElement value) => _values["/" + name] = value;

    public void SetStep(string id, JsonElement value) => _values["/steps/" + id] = value;

    /// <summary>The value a JSON Pointer names, or null.</summary>
    public JsonElement? Find(string pointer)
    {
        var parts = pointer.Split('/');
        var taken = parts is [_, "steps", _, ..] ? 3 : 2;
        if (parts.Length < taken)
        {
            return null;
        }

        var name = string.Join('/', parts[..taken]);
        return Root(name) is { } root ? Pointer.Find(root, parts.AsSpan(taken)) : null;
    }

    private JsonElement? Root(string name) =>
        _values.TryGetValue(name, out var value) ? value : parent?.Root(name);
}
