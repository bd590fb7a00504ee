using Mono.Cecil;

namespace Orkestron.Architecture.Tests;

/// <summary>Which feature folder of a project uses which other one, and by which types.</summary>
internal sealed class FeatureArrows
{
    private readonly Dictionary<(string From, string To), List<string>> _arrows = [];

    private FeatureArrows()
    {
    }

    /// <param name="project">Name of an assembly beside the tests, with its symbols.</param>
    public static FeatureArrows In(string project)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        var parameters = new ReaderParameters { ReadSymbols = true, AssemblyResolver = resolver };
        var path = Path.Combine(AppContext.BaseDirectory, project);
        using var module = ModuleDefinition.ReadModule($"{path}.dll", parameters);
        var features = new FeatureOf(project, new DeclaredIn($"{path}.pdb"));
        var found = new FeatureArrows();
        foreach (var type in module.Types)
        {
            if (features.Of(type) is { } from)
            {
                found.Add(features, type, from);
            }
        }

        return found;
    }

    /// <summary>Sets of features that reach each other, so that none of them can be understood, or moved, without the others.</summary>
    public IReadOnlyList<string[]> Cycles()
    {
        var features = _arrows.Keys.SelectMany(static arrow => new[] { arrow.From, arrow.To }).Distinct().ToArray();
        var reach = features.ToDictionary(static each => each, Reached);
        return [.. features
            .Where(each => reach[each].Contains(each))
            .GroupBy(each => string.Join(", ", reach[each].Where(other => reach[other].Contains(each)).Order()))
            .Select(static cycle => cycle.Order().ToArray())];
    }

    /// <summary>The arrows within a cycle with the types that make them, the thinnest first: it is most often the one to turn.</summary>
    public string Explain(string[] cycle) => string.Join(
        Environment.NewLine,
        _arrows
            .Where(arrow => cycle.Contains(arrow.Key.From) && cycle.Contains(arrow.Key.To))
            .OrderBy(static arrow => arrow.Value.Count)
            .Select(static arrow => $"  {arrow.Key.From} -> {arrow.Key.To} ({arrow.Value.Count}): {Some(arrow.Value)}")
            .Prepend($"These folders know each other: {string.Join(", ", cycle)}."));

    private static string Some(List<string> uses) =>
        string.Join(", ", uses.Take(4)) + (uses.Count > 4 ? ", ..." : "");

    private void Add(FeatureOf features, TypeDefinition type, string from)
    {
        foreach (var used in UsedTypes.Of(type))
        {
            if (features.Of(used) is { } to && to != from)
            {
                if (!_arrows.TryGetValue((from, to), out var uses))
                {
                    _arrows[(from, to)] = uses = [];
                }

                uses.Add($"{type.Name} uses {used.Name}");
            }
        }
    }

    private HashSet<string> Reached(string start)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>([start]);
        while (open.TryPop(out var from))
        {
            foreach (var arrow in _arrows.Keys.Where(arrow => arrow.From == from))
            {
                if (reached.Add(arrow.To))
                {
                    open.Push(arrow.To);
                }
            }
        }

        return reached;
    }
}
