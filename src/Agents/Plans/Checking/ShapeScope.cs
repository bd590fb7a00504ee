namespace Orkestron.Agents.Plans.Checking;

/// <summary>What the steps of a plan may refer to, before it runs: the shapes of what <see cref="Model.PlanScope"/> holds then.</summary>
internal sealed class ShapeScope(ShapeScope? parent)
{
    private readonly Dictionary<string, Shape> _shapes = new(StringComparer.Ordinal);

    public ShapeScope Inner(params ReadOnlySpan<(string Name, Shape Shape)> more)
    {
        var inner = new ShapeScope(this);
        foreach (var (name, shape) in more)
        {
            inner.Set(name, shape);
        }

        return inner;
    }

    public void Set(string name, Shape shape) => _shapes["/" + name] = shape;

    public void SetStep(string id, Shape shape) => _shapes["/steps/" + id] = shape;

    public Shape? Find(string name) => _shapes.TryGetValue(name, out var shape) ? shape : parent?.Find(name);
}
