using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Web.Components.Tasks;
using Xunit;

namespace Orkestron.Web.Tests.Pages;

public sealed class StepGraphTests
{
    [Fact]
    public void Caller_OfTwoSteps_StandsBesideTheirMiddle()
    {
        var graph = StepGraph.Of([Step(1, null), Step(2, 1), Step(3, 1)]);

        Assert.Equal(2, graph.Edges.Length);
        Assert.Equal((graph.Nodes[1].Y + graph.Nodes[2].Y) / 2, graph.Nodes[0].Y);
        Assert.True(graph.Nodes[1].X > graph.Nodes[0].X);
        Assert.All(graph.Nodes, node => Assert.InRange(node.Y + StepGraph.NodeHeight, 0, graph.Height));
    }

    [Fact]
    public void Step_WhoseCallerIsUnknown_IsDrawnAsARoot()
    {
        var graph = StepGraph.Of([Step(1, null), Step(2, 9), Step(3, 3)]);

        Assert.Empty(graph.Edges);
        Assert.Equal(3, graph.Nodes.Length);
    }

    private static StepView Step(int id, int? parent) => new()
    {
        Id = id,
        ParentId = parent,
        Agent = "a/b",
        AgentVersion = "1.0.0",
        State = StepState.Completed,
    };
}
