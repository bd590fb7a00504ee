using System.Collections.Immutable;
using Orkestron.Domain.Tasks;

namespace Orkestron.Web.Features.Tasks.Parts;

/// <summary>What stands in a box of the drawing.</summary>
/// <param name="Kind"><c>step</c>, <c>wait</c>, <c>question</c>, <c>message</c> or <c>more</c>.</param>
/// <param name="Tone">The state that colours it.</param>
/// <param name="Title">Its first line.</param>
/// <param name="Detail">Its second line.</param>
/// <param name="Steps">How many steps it stands for.</param>
internal sealed record FlowBox(string Kind, string Tone, string Title, string Detail, int Steps);

/// <summary>A part of the drawing: a box, blocks after each other, or blocks at the same time. Immutable.</summary>
internal abstract record FlowBlock
{
    public abstract int Boxes { get; }

    public abstract ImmutableArray<StepView> Steps { get; }
}

/// <summary>One box.</summary>
internal sealed record FlowLeaf(FlowBox Box, StepView? Step) : FlowBlock
{
    public override int Boxes => 1;

    /// <summary>The steps that it stands for, when they are more than one.</summary>
    public ImmutableArray<StepView> All { get; init; } = [];

    public override ImmutableArray<StepView> Steps => Step is null ? All : [Step];
}

/// <summary>One after the other.</summary>
internal sealed record FlowRow(ImmutableArray<FlowBlock> Blocks) : FlowBlock
{
    public override int Boxes => Blocks.Sum(static block => block.Boxes);

    public override ImmutableArray<StepView> Steps => [.. Blocks.SelectMany(static block => block.Steps)];
}

/// <summary>At the same time; framed when it is one place in the code.</summary>
internal sealed record FlowColumn(ImmutableArray<FlowBlock> Blocks, string? Label) : FlowBlock
{
    public override int Boxes => Blocks.Sum(static block => block.Boxes);

    public override ImmutableArray<StepView> Steps => [.. Blocks.SelectMany(static block => block.Steps)];
}
