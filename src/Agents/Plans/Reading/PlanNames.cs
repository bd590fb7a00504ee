namespace Orkestron.Agents.Plans.Reading;

/// <summary>The names that a step may refer to: the input and the steps before it.</summary>
internal sealed class PlanNames(IEnumerable<string> names)
{
    private readonly HashSet<string> _names = new(names, StringComparer.Ordinal);

    public void Add(string stepId) => _names.Add("/steps/" + stepId);

    public bool Has(string stepId) => _names.Contains("/steps/" + stepId);

    /// <summary>The names within a branch: these, and more.</summary>
    /// <param name="more">Roots as <c>/item</c>, or steps' ids.</param>
    public PlanNames Inner(params string[] more) =>
        new(_names.Concat(more.Select(static name => name.StartsWith('/') ? name : "/steps/" + name)));

    public bool Knows(string pointer)
    {
        var parts = pointer.Split('/');
        return parts switch
        {
            ["", "steps", var id, ..] => _names.Contains("/steps/" + id),
            ["", var root, ..] => _names.Contains("/" + root),
            _ => false,
        };
    }

    public override string ToString() => string.Join(", ", _names.Order(StringComparer.Ordinal));
}
