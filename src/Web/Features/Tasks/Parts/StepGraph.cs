using System.Collections.Immutable;
using Orkestron.Domain.Tasks;

namespace Orkestron.Web.Features.Tasks.Parts;

/// <summary>A positioned box.</summary>
internal sealed record StepNode(FlowBox Box, StepView? Step, double X, double Y);

/// <summary>A connection between two points.</summary>
internal sealed record StepEdge(double X1, double Y1, double X2, double Y2);

/// <summary>A frame around the branches of one call.</summary>
internal sealed record StepFrame(string Label, double X, double Y, double Width, double Height);

/// <summary>The layout of the graph of a run, from left to right. Pure.</summary>
internal sealed record StepGraph(
    ImmutableArray<StepNode> Nodes,
    ImmutableArray<StepEdge> Edges,
    ImmutableArray<StepFrame> Frames,
    double Width,
    double Height)
{
    public const double NodeWidth = 244;
    public const double NodeHeight = 58;
    private const double GapX = 44;
    private const double GapY = 14;
    private const double Margin = 4;
    private const double Pad = 12;
    private const double Head = 20;

    public static StepGraph Of(ImmutableArray<StepView> steps)
    {
        if (steps.IsEmpty)
        {
            return new([], [], [], 0, 0);
        }

        var drawing = new Drawing();
        var block = StepFlow.Of(steps);
        var (width, height) = Size(block);
        drawing.Put(block, Margin, Margin);
        return new(
            [.. drawing.Nodes], [.. drawing.Edges], [.. drawing.Frames], width + (2 * Margin), height + (2 * Margin));
    }

    private static (double Width, double Height) Size(FlowBlock block) => block switch
    {
        FlowRow row => (
            row.Blocks.Sum(static each => Size(each).Width) + ((row.Blocks.Length - 1) * GapX),
            row.Blocks.Max(static each => Size(each).Height)),
        FlowColumn column => (
            column.Blocks.Max(static each => Size(each).Width) + (column.Label is null ? 0 : 2 * Pad),
            column.Blocks.Sum(static each => Size(each).Height) + ((column.Blocks.Length - 1) * GapY)
                + (column.Label is null ? 0 : Pad + Head)),
        _ => (NodeWidth, NodeHeight),
    };

    private sealed class Drawing
    {
        public List<StepNode> Nodes { get; } = [];

        public List<StepEdge> Edges { get; } = [];

        public List<StepFrame> Frames { get; } = [];

        /// <summary>Lays out a block.</summary>
        /// <returns>The points at which connections enter and leave it.</returns>
        public (List<(double X, double Y)> In, List<(double X, double Y)> Out) Put(FlowBlock block, double x, double y)
        {
            var (width, height) = Size(block);
            switch (block)
            {
                case FlowLeaf leaf:
                    Nodes.Add(new StepNode(leaf.Box, leaf.Step, x, y));
                    return ([(x, y + (NodeHeight / 2))], [(x + NodeWidth, y + (NodeHeight / 2))]);
                case FlowRow row:
                    List<(double X, double Y)> first = [];
                    List<(double X, double Y)> last = [];
                    foreach (var each in row.Blocks)
                    {
                        var size = Size(each);
                        var (into, from) = Put(each, x, y + ((height - size.Height) / 2));
                        Edges.AddRange(last.SelectMany(way => into.Select(end => new StepEdge(way.X, way.Y, end.X, end.Y))));
                        first = first.Count == 0 ? into : first;
                        last = from;
                        x += size.Width + GapX;
                    }

                    return (first, last);
                case FlowColumn column:
                    return Column(column, x, y, width, height);
                default:
                    throw new InvalidOperationException($"There is no layout for a {block.GetType().Name}.");
            }
        }

        private (List<(double X, double Y)> In, List<(double X, double Y)> Out) Column(
            FlowColumn column, double x, double y, double width, double height)
        {
            var (into, from) = (new List<(double X, double Y)>(), new List<(double X, double Y)>());
            var at = y + (column.Label is null ? 0 : Head);
            foreach (var each in column.Blocks)
            {
                var ways = Put(each, x + (column.Label is null ? 0 : Pad), at);
                into.AddRange(ways.In);
                from.AddRange(ways.Out);
                at += Size(each).Height + GapY;
            }

            if (column.Label is not { } label)
            {
                return (into, from);
            }

            Frames.Add(new StepFrame(label, x, y, width, height));
            return ([(x, y + (height / 2))], [(x + width, y + (height / 2))]);
        }
    }
}
