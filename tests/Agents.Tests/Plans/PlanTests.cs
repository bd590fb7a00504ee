using System.Text.Json;
using Orkestron.Agents.Plans.Model;
using Orkestron.Agents.Plans.Reading;
using Orkestron.Agents.Plans.Running;
using Orkestron.Agents.Tests.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Tests.Plans;

/// <summary>Plans run with agents that add, echo, fail and vote.</summary>
public sealed class PlanTests
{
    [Fact]
    public async Task Sequence_RefersToWhatWasBefore()
    {
        var result = await RunAsync("""
            { "steps": [
                { "id": "a", "call": "t/add", "input": { "a": { "$ref": "/input/x" }, "b": 1 } },
                { "id": "b", "call": "t/add", "input": { "a": { "$ref": "/steps/a/sum" }, "b": { "$ref": "/steps/a/sum" } } } ],
              "output": { "text": { "$text": ["x is ", { "$ref": "/input/x" }, ", twice is ", { "$ref": "/steps/b/sum" }] } } }
            """, """{"x":4}""");

        Assert.Equal("""{"text":"x is 4, twice is 10"}""", result);
    }

    [Fact]
    public async Task Map_AnswersInOrder_WithABoundOnWhatRunsAtOnce()
    {
        var result = await RunAsync("""
            { "steps": [ { "id": "m", "map": { "over": { "$ref": "/input" }, "atMost": 2, "do": [
                { "id": "s", "call": "t/add", "input": { "a": { "$ref": "/item" }, "b": { "$ref": "/index" } } } ] } } ] }
            """, "[5,6,7]");

        Assert.Equal("""[{"sum":5},{"sum":7},{"sum":9}]""", result);
        Assert.InRange(Adder.MostAtOnce, 1, 2);
    }

    [Fact]
    public async Task Reduce_HandsTheSumOn()
    {
        var result = await RunAsync("""
            { "steps": [ { "id": "r", "reduce": { "over": [1, 2, 3], "from": { "sum": 0 }, "do": [
                { "id": "s", "call": "t/add", "input": { "a": { "$ref": "/accumulator/sum" }, "b": { "$ref": "/item" } } } ] } } ] }
            """);

        Assert.Equal("""{"sum":6}""", result);
    }

    [Theory]
    [InlineData(3, """{"sum":103}""")]
    [InlineData(1, """{"sum":1001}""")]
    public async Task Branch_TakesTheWayThatHolds(int x, string expected)
    {
        var result = await RunAsync("""
            { "steps": [ { "id": "b", "branch": {
                "if": { "all": [ { "ref": "/input/x", "is": "more", "value": 2 }, { "not": { "ref": "/input/y", "is": "exists" } } ] },
                "then": [ { "id": "t", "call": "t/add", "input": { "a": { "$ref": "/input/x" }, "b": 100 } } ],
                "else": [ { "id": "e", "call": "t/add", "input": { "a": { "$ref": "/input/x" }, "b": 1000 } } ] } } ] }
            """, $$"""{"x":{{x}}}""");

        Assert.Equal(expected, result);
    }

    [Fact]
    public async Task Loop_EndsAtItsBound()
    {
        var context = Context();
        var plan = Read("""
            { "steps": [ { "id": "l", "loop": { "while": { "ref": "/input", "is": "exists" }, "atMost": 4, "do": [
                { "id": "s", "call": "t/add", "input": { "a": 1, "b": 1 } } ] } } ] }
            """);

        await PlanRunner.RunAsync(plan, JsonSerializer.SerializeToElement(1), context, TestContext.Current.CancellationToken);

        Assert.Equal(4, context.Calls.Count);
    }

    [Fact]
    public async Task Race_AFailedBranchIsOut()
    {
        var result = await RunAsync("""
            { "steps": [ { "id": "r", "race": [
                [ { "id": "a", "call": "t/fail", "input": {} } ],
                [ { "id": "b", "call": "t/add", "input": { "a": 1, "b": 1 } } ] ] } ] }
            """);

        Assert.Equal("""{"sum":2}""", result);
    }

    [Fact]
    public async Task Race_RunAgainWithItsWinner_CallsTheLosersOffAgain()
    {
        var context = Context();
        context.Record("0.winner", JsonSerializer.SerializeToElement(1));
        var plan = Read("""
            { "steps": [ { "id": "r", "race": [
                [ { "id": "a", "call": "t/yes", "input": {} } ],
                [ { "id": "b", "call": "t/add", "input": { "a": 1, "b": 1 } } ],
                [ { "id": "c", "call": "t/no", "input": {} } ] ] } ] }
            """);

        await PlanRunner.RunAsync(plan, default, context, TestContext.Current.CancellationToken);

        Assert.Equal(["0.0.", "0.2."], context.CalledOff);
        Assert.Equal(["t/add"], context.Calls);
    }

    [Fact]
    public async Task Vote_TakesTheMajority_AndFailsWithoutAQuorum()
    {
        const string plan = """
            { "steps": [ { "id": "v", "vote": { "agents": ["t/yes", "t/no", "t/yes"], "input": {}, "on": "/says", "quorum": QUORUM } } ] }
            """;

        Assert.Equal("""{"says":"yes"}""", await RunAsync(plan.Replace("QUORUM", "2", StringComparison.Ordinal)));
        var failed = await Assert.ThrowsAsync<AgentFailedException>(
            () => RunAsync(plan.Replace("QUORUM", "3", StringComparison.Ordinal)));
        Assert.Equal("no_quorum", failed.Code);
    }

    [Fact]
    public async Task Failure_MakesGoodWhatWasDone_InReverse()
    {
        var context = Context();
        var plan = Read("""
            { "steps": [
                { "id": "a", "call": "t/add", "input": { "a": 1, "b": 1 }, "compensate": [
                    { "id": "ua", "call": "t/undo", "input": { "a": { "$ref": "/steps/a/sum" } } } ] },
                { "id": "b", "call": "t/add", "input": { "a": 2, "b": 2 }, "compensate": [ { "id": "ub", "call": "t/undo", "input": {} } ] },
                { "id": "c", "call": "t/fail", "input": {} } ] }
            """);

        await Assert.ThrowsAsync<AgentFailedException>(() => PlanRunner.RunAsync(
            plan, default, context, TestContext.Current.CancellationToken));

        Assert.Equal(["t/add", "t/add", "t/fail", "t/undo", "t/undo"], context.Calls);
    }

    [Theory]
    [InlineData("""{"$literal":{"$ref":"#/$defs/a"}}""", """{"$ref":"#/$defs/a"}""")]
    [InlineData("""{"a":[{"$literal":{"$text":["x"]}}]}""", """{"a":[{"$text":["x"]}]}""")]
    [InlineData("""{"$literal":{"$literal":1}}""", """{"$literal":1}""")]
    [InlineData("""{"$literal":1,"b":2}""", """{"$literal":1,"b":2}""")]
    public async Task Literal_StandsForWhatItHolds(string template, string expected) => Assert.Equal(expected, await RunAsync(
        $$"""{ "steps": [ { "id": "w", "wait": { "seconds": 0 } } ], "output": {{template}} }"""));

    // The clock says 2026-03-29T00:00Z. In Berlin 02:30 of that day is skipped; on 25 October it comes twice.
    [Theory]
    [InlineData("2026-03-29T01:00Z", null, 3_600)]
    [InlineData("2026-03-29T03:30:00.500+02:00", null, 5_400.5)]
    [InlineData("2026-03-28T22:00-0500", null, 10_800)]
    [InlineData("2026-03-29T03:30", "Europe/Berlin", 5_400)]
    [InlineData("2026-03-29T02:30", "Europe/Berlin", 5_400)]
    [InlineData("2026-10-25T02:30", "Europe/Berlin", 18_145_800)]
    [InlineData("2026-03-28T20:30", "America/New_York", 1_800)]
    [InlineData("2026-03-29T00:30", "UTC", 1_800)]
    [InlineData("2020-01-01T00:00Z", null, 0)]
    public void Wait_UntilATime_TakesWhatIsLeft(string until, string? zone, double seconds)
    {
        var step = new WaitStep("w", null, Json(until), zone is null ? null : Json(zone));

        var delay = PlanWait.Delay(step, new PlanScope(null, default), DateTimeOffset.Parse("2026-03-29T00:00Z", null));

        Assert.Equal(seconds, delay.TotalSeconds);
    }

    [Theory]
    [InlineData("""{ "seconds": { "$ref": "/input/x" } }""", """{"x":"soon"}""", "number of seconds; it was given \"soon\"")]
    [InlineData("""{ "until": { "$ref": "/input/x" } }""", """{"x":5}""", "A time is written like")]
    [InlineData("""{ "until": { "$ref": "/input/x" } }""", """{"x":"2026-12-24T18:00"}""", "has no offset")]
    [InlineData("""{ "until": "2026-12-24T18:00", "timeZone": { "$ref": "/input/x" } }""", """{"x":"Mars/Olympus"}""", "no time zone")]
    public async Task Wait_GivenWhatIsNoTime_FailsThePlanAndSaysSo(string wait, string input, string words)
    {
        var failed = await Assert.ThrowsAsync<AgentFailedException>(
            () => RunAsync($$"""{ "steps": [ { "id": "w", "wait": {{wait}} } ] }""", input));

        Assert.Equal("wait_invalid", failed.Code);
        Assert.Contains(words, failed.Message, StringComparison.Ordinal);
    }

    private static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text);

    [Theory]
    [InlineData("""{"decision":"approve"}""", """{"approved":true,"value":7,"note":null}""")]
    [InlineData("""{"decision":"approve","edited":8,"note":"Round up"}""", """{"approved":true,"value":8,"note":"Round up"}""")]
    public async Task Approval_GoesOnWithWhatWasShownOrEdited(string answer, string expected)
    {
        var result = await PlanRunner.RunAsync(
            Read("""{ "steps": [ { "id": "ok", "approve": { "prompt": "Fine?", "subject": 7 } } ] }"""),
            default,
            new FakeContext { Answer = JsonSerializer.Deserialize<JsonElement>(answer) },
            TestContext.Current.CancellationToken);

        Assert.Equal(expected, result.GetRawText());
    }

    [Fact]
    public async Task Approval_Denied_FailsThePlan()
    {
        var failed = await Assert.ThrowsAsync<AgentFailedException>(() => PlanRunner.RunAsync(
            Read("""{ "steps": [ { "id": "ok", "approve": { "prompt": "Fine?" } } ] }"""),
            default,
            new FakeContext { Answer = JsonSerializer.SerializeToElement(new { decision = "deny", note = "Too long" }) },
            TestContext.Current.CancellationToken));

        Assert.Equal(("denied", "You denied ok: Too long"), (failed.Code, failed.Message));
    }

    private static async Task<string> RunAsync(string plan, string input = "{}") => (await PlanRunner.RunAsync(
        Read(plan), JsonSerializer.Deserialize<JsonElement>(input), Context(), TestContext.Current.CancellationToken)).GetRawText();

    private static Plan Read(string json)
    {
        var (plan, faults) = PlanReader.Read(JsonSerializer.Deserialize<JsonElement>(json));
        Assert.Empty(faults);
        return plan!;
    }

    private static FakeContext Context() => new(
        new Adder(),
        new Stub("yes", _ => new { says = "yes" }),
        new Stub("no", _ => new { says = "no" }),
        new Stub("undo", _ => new { }),
        new Stub("fail", _ => throw new AgentFailedException("It failed.")));

    private sealed class Adder : IAgent
    {
        private static int _now;

        public static int MostAtOnce { get; private set; }

        public AgentCard Card { get; } = Stub.CardOf("add");

        public async Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
            await Task.Yield();
            Interlocked.Decrement(ref _now);
            return JsonSerializer.SerializeToElement(new
            {
                sum = input.GetProperty("a").GetInt32() + input.GetProperty("b").GetInt32(),
            });
        }
    }

    private sealed class Stub(string name, Func<JsonElement, object> answer) : IAgent
    {
        private static readonly JsonElement Any = JsonSerializer.SerializeToElement(new { type = "object" });

        public AgentCard Card { get; } = CardOf(name);

        public static AgentCard CardOf(string name) => new()
        {
            Provider = "t",
            Name = name,
            Version = "1.0.0",
            Title = name,
            Summary = "Stands in.",
            Skills = ["test"],
            InputSchema = Any,
            OutputSchema = Any,
            Examples = [new AgentExample("Any", JsonSerializer.SerializeToElement(new { }))],
            Price = new AgentPrice(new Tokens(1)),
            Country = "DE",
        };

        public Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken) =>
            Task.FromResult(JsonSerializer.SerializeToElement(answer(input)));
    }
}
