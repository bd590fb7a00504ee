using System.Collections.Immutable;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Web.Components.Tasks;

/// <summary>A step's place in the drawing.</summary>
internal sealed record StepNode(StepView Step, int Depth, double X, double Y);

/// <summary>A call of one step by another.</summary>
internal sealed record StepEdge(StepNode From, StepNode To);

/// <summary>
/// A task's steps as a tree from left to right: a caller stands beside the middle of the steps it called. Pure.
/// </summary>
internal sealed record StepGraph(ImmutableArray<StepNode> Nodes, ImmutableArray<StepEdge> Edges, double Width, double Height)
{
    public const double NodeWidth = 212;
    public const double NodeHeight = 58;
    private const double GapX = 56;
    private const double GapY = 16;
    private const double Margin = 4;

    public static StepGraph Of(ImmutableArray<StepView> steps)
    {
        var known = steps.Select(static step => step.Id).ToHashSet();
        var children = steps.ToLookup(step => step.ParentId is { } parent && known.Contains(parent) && parent < step.Id
            ? parent
            : 0);
        var nodes = new List<StepNode>(steps.Length);
        var edges = new List<StepEdge>(steps.Length);
        var nextY = Margin;
        foreach (var root in children[0])
        {
            Place(root, 0, children, nodes, edges, ref nextY);
        }

        var width = nodes.Count == 0 ? 0 : nodes.Max(static node => node.X) + NodeWidth + Margin;
        return new([.. nodes.OrderBy(static node => node.Step.Id)], [.. edges], width, Math.Max(0, nextY - GapY + Margin));
    }

    private static StepNode Place(
        StepView step, int depth, ILookup<int, StepView> children, List<StepNode> nodes, List<StepEdge> edges, ref double nextY)
    {
        var placed = new List<StepNode>();
        foreach (var child in children[step.Id])
        {
            placed.Add(Place(child, depth + 1, children, nodes, edges, ref nextY));
        }

        double y;
        if (placed.Count == 0)
        {
            y = nextY;
            nextY += NodeHeight + GapY;
        }
        else
        {
            y = (placed[0].Y + placed[^1].Y) / 2;
        }

        var node = new StepNode(step, depth, Margin + (depth * (NodeWidth + GapX)), y);
        nodes.Add(node);
        edges.AddRange(placed.Select(child => new StepEdge(node, child)));
        return node;
    }
}
