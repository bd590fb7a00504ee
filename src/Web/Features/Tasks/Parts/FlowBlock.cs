using System.Collections.Immutable;
using Orkestron.Domain.Tasks;

namespace Orkestron.Web.Features.Tasks.Parts;

/// <summary>The content of a box in the graph.</summary>
/// <param name="Kind"><c>step</c>, <c>wait</c>, <c>question</c>, <c>message</c> or <c>more</c>.</param>
/// <param name="Tone">The state that determines its colour.</param>
/// <param name="Title">Its first line.</param>
/// <param name="Detail">Its second line.</param>
/// <param name="Steps">The number of steps that it represents.</param>
internal sealed record FlowBox(string Kind, string Tone, string Title, string Detail, int Steps);

/// <summary>A part of the graph: a box, a sequence of blocks, or parallel blocks. Immutable.</summary>
internal abstract record FlowBlock
{
    public abstract int Boxes { get; }

    public abstract ImmutableArray<StepView> Steps { get; }
}

/// <summary>One box.</summary>
internal sealed record FlowLeaf(FlowBox Box, StepView? Step) : FlowBlock
{
    public override int Boxes => 1;

    /// <summary>The steps that it represents, when there are several.</summary>
    public ImmutableArray<StepView> All { get; init; } = [];

    public override ImmutableArray<StepView> Steps => Step is null ? All : [Step];
}

/// <summary>A sequence.</summary>
internal sealed record FlowRow(ImmutableArray<FlowBlock> Blocks) : FlowBlock
{
    public override int Boxes => Blocks.Sum(static block => block.Boxes);

    public override ImmutableArray<StepView> Steps => [.. Blocks.SelectMany(static block => block.Steps)];
}

/// <summary>Parallel blocks; framed when they belong to one call.</summary>
internal sealed record FlowColumn(ImmutableArray<FlowBlock> Blocks, string? Label) : FlowBlock
{
    public override int Boxes => Blocks.Sum(static block => block.Boxes);

    public override ImmutableArray<StepView> Steps => [.. Blocks.SelectMany(static block => block.Steps)];
}
