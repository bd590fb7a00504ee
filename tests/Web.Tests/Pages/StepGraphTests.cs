using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Features.Tasks.Comparing;
using Orkestron.Web.Features.Tasks.Parts;
using Xunit;

namespace Orkestron.Web.Tests.Pages;

/// <summary>The structure of a run, its lines over time, and two runs beside each other.</summary>
public sealed class StepGraphTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Branches_OfOnePlace_AreFramedAndStandBetweenWhatCameBeforeAndAfter()
    {
        var graph = StepGraph.Of(
            [
                Step(1, null, null, 0, 9), Step(2, 1, "0", 0, 1), Step(3, 1, "1.0.0", 1, 3), Step(4, 1, "1.1.0", 1, 2),
                Step(5, 1, "2", 3, 4),
            ]);

        var frame = Assert.Single(graph.Frames);
        Assert.Equal("2 branches", frame.Label);
        var x = graph.Nodes.ToDictionary(node => node.Step!.Id, node => node.X);
        Assert.True(x[1] < x[2] && x[2] < x[3] && x[3] < x[5]);
        Assert.Equal(x[3], x[4]);
        Assert.Equal(3, graph.Edges.Length);
        Assert.All(graph.Nodes, node => Assert.InRange(node.Y + StepGraph.NodeHeight, 0, graph.Height));
    }

    [Fact]
    public void Calls_AskedBeforeTheOneAheadHadEnded_StandBesideEachOther()
    {
        var graph = StepGraph.Of([Step(1, null, null, 0, 9), Step(2, 1, "0", 0, 5), Step(3, 1, "1", 1, 4)]);

        Assert.Equal(graph.Nodes[1].X, graph.Nodes[2].X);
        Assert.NotEqual(graph.Nodes[1].Y, graph.Nodes[2].Y);
    }

    [Fact]
    public void Question_AndWait_AreBoxesOfTheirOwn()
    {
        var root = Step(1, null, null, 0, 9) with
        {
            History =
            [
                new("0", HistoryKind.Question, Start, Start.AddSeconds(2), false),
                new("1", HistoryKind.Timer, Start.AddSeconds(2), Start.AddSeconds(5), false),
                new("2", HistoryKind.Value, Start, Start, false),
            ],
        };

        Assert.Equal(["step", "question", "wait"], StepGraph.Of([root]).Nodes.Select(node => node.Box.Kind));
    }

    [Fact]
    public void Fan_TooWideToDraw_IsOneBoxThatCounts()
    {
        var steps = Enumerable.Range(2, 100).Select(id => Step(id, 1, $"0.{id}.0", 0, 5)).Prepend(Step(1, null, null, 0, 9));

        var graph = StepGraph.Of([.. steps]);

        Assert.Equal(2, graph.Nodes.Length);
        Assert.Equal(("100 steps", "100 finished"), (graph.Nodes[1].Box.Title, graph.Nodes[1].Box.Detail));
    }

    [Fact]
    public void Step_WhoseCallerIsUnknown_IsDrawnAsARoot()
    {
        var graph = StepGraph.Of([Step(1, null, null, 0, 1), Step(2, 9, "0", 0, 1), Step(3, 3, "0", 0, 1)]);

        Assert.Empty(graph.Edges);
        Assert.Equal(3, graph.Nodes.Length);
    }

    [Fact]
    public void Waterfall_OfAStepThatWaited_TellsQueueWorkAndWaitApart()
    {
        var step = Step(1, null, null, 0, 10) with
        {
            Runs = [new(Start.AddSeconds(1), Start.AddSeconds(3)), new(Start.AddSeconds(8), Start.AddSeconds(10))],
        };

        var row = Assert.Single(Waterfall.Of(Task(step), Start.AddSeconds(20)).Rows);

        Assert.Equal(["queued", "working", "waiting", "working"], row.Spans.Select(span => span.Kind));
        Assert.Equal((1, 4, 5), (row.Of("queued").TotalSeconds, row.Of("working").TotalSeconds, row.Of("waiting").TotalSeconds));
        Assert.DoesNotContain(row.Spans, span => span.Open);
    }

    [Fact]
    public void Waterfall_OfAStepWhoseWorkerWasLost_CountsAllThatWasWorkedAndOnlyThatQueued()
    {
        var step = Step(1, null, null, 0, 26) with
        {
            Attempt = 2,
            Runs =
            [
                new(Start.AddSeconds(0.5), Start.AddSeconds(17.5)) { Attempt = 1, Failure = StepLosses.WorkerLost },
                new(Start.AddSeconds(18), Start.AddSeconds(26)) { Attempt = 2 },
            ],
        };

        var row = Assert.Single(Waterfall.Of(Task(step), Start.AddSeconds(30)).Rows);

        Assert.Equal(["queued", "lost", "queued", "working"], row.Spans.Select(span => span.Kind));
        Assert.Equal((1, 17, 25), (row.Of("queued").TotalSeconds, row.Of("lost").TotalSeconds, row.Worked.TotalSeconds));
        Assert.Equal(0, row.Of("waiting").TotalSeconds);
    }

    [Fact]
    public void Waterfall_WhileItRuns_GoesOnUntilNow()
    {
        var step = Step(1, null, null, 0, 0) with { EndedAt = null, State = StepState.Working, Runs = [new(Start.AddSeconds(1), null)] };

        var chart = Waterfall.Of(Task(step) with { EndedAt = null, State = TaskState.Working }, Start.AddSeconds(20));

        Assert.Equal(20_000, chart.Milliseconds);
        Assert.Equal((20_000, true), (chart.Rows[0].Spans[^1].To, chart.Rows[0].Spans[^1].Open));
    }

    [Fact]
    public void Comparison_OfTwoRuns_SaysWhichStepsDifferAndWhere()
    {
        var first = Task(Step(1, null, null, 0, 1), Step(2, 1, "0", 0, 1), Step(3, 1, "1", 0, 1));
        var second = Task(Step(1, null, null, 0, 1), Step(2, 1, "0", 0, 1) with { Output = Payload.Of("2"), });

        var steps = Comparison.Steps(first, second);

        Assert.Equal(["", "0", "1"], steps.Select(step => string.Join('/', step.Path)));
        Assert.Equal(["", "answer", "only in the first"], steps.Select(step => string.Join(",", step.Differences)));
        var values = Comparison.Between(Payload.Of("""{"a":[1,2],"b/":"x"}"""), Payload.Of("""{"a":[1,3],"c":"x"}"""));
        Assert.Equal(["/a/1", "/b~1", "/c"], values!.Value.Select(value => value.Path));
        Assert.Null(Comparison.Between(null, Payload.EmptyObject));
    }

    private static TaskView Task(params StepView[] steps) => new()
    {
        Id = Guid.NewGuid(),
        UserId = Guid.NewGuid(),
        Agent = "a/b",
        AgentVersion = "1.0.0",
        State = TaskState.Completed,
        CreatedAt = Start,
        EndedAt = Start.AddSeconds(10),
        Steps = [.. steps],
    };

    private static StepView Step(int id, int? parent, string? key, int from, int to) => new()
    {
        Id = id,
        ParentId = parent,
        Key = key,
        Agent = "a/b",
        AgentVersion = "1.0.0",
        State = StepState.Completed,
        RequestedAt = Start.AddSeconds(from),
        StartedAt = Start.AddSeconds(from),
        EndedAt = Start.AddSeconds(to),
    };
}
