using System.Text.Json;
using CsCheck;
using Orkestron.Agents.Plans.Model;
using Orkestron.Agents.Plans.Reading;
using Orkestron.Agents.Plans.Running;
using Orkestron.Agents.Tests.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Tests.Plans;

/// <summary>A plan that fails undoes what it has done: all of it, each once, the last one first.</summary>
public sealed class UndoTests
{
    private const string Fail = """{"id":"bad","call":"t/fail","input":{}}""";

    public static TheoryData<string, string[]> Plans => new()
    {
        { $"[{{\"id\":\"p\",\"parallel\":[[{Book("a")}],[{Fail}]]}}]", ["a"] },
        { $"[{{\"id\":\"p\",\"parallel\":[[{Book("a")}],[{Book("b")}]]}},{Fail}]", ["b", "a"] },
        { $"[{Book("a")},{{\"id\":\"p\",\"parallel\":[[{Book("b")},{Book("c")}],[{Fail}]]}}]", ["c", "b", "a"] },
        { $"[{{\"id\":\"m\",\"map\":{{\"over\":[1,2,3],\"atMost\":1,\"do\":[{Book("a")}]}}}},{Fail}]", ["a", "a", "a"] },
        { $"[{{\"id\":\"l\",\"loop\":{{\"while\":{{\"ref\":\"/input\",\"is\":\"exists\"}},\"atMost\":2,\"do\":[{Book("a")}]}}}},{Fail}]", ["a", "a"] },
        { $"[{{\"id\":\"r\",\"reduce\":{{\"over\":[1,2],\"from\":0,\"do\":[{Book("a")}]}}}},{Fail}]", ["a", "a"] },
        { $"[{{\"id\":\"b\",\"branch\":{{\"if\":{{\"ref\":\"/input\",\"is\":\"exists\"}},\"then\":[{Book("a")},{Fail}]}}}}]", ["a"] },
        { $"[{{\"id\":\"r\",\"race\":[[{Book("a")}],[{Fail}]]}},{Fail}]", ["a"] },
        { $"[{Book("a")},{Book("sticky")},{Book("b")},{Fail}]", ["b", "sticky", "a"] },
        { $"[{{\"id\":\"v\",\"vote\":{{\"agents\":[\"t/book\",\"t/book\"],\"input\":{{\"name\":\"v\"}},\"on\":\"/name\"}},\"compensate\":[{{\"id\":\"u\",\"call\":\"t/undo\",\"input\":{{\"name\":\"v\"}}}}]}},{Fail}]", ["v"] },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task Failure_UndoesAllThatWasDone_TheLastFirst(string steps, string[] undone)
    {
        var desk = new Desk();

        var failed = await Assert.ThrowsAsync<AgentFailedException>(() => desk.RunAsync($$"""{"steps":{{steps}}}"""));

        Assert.Equal(undone, desk.Undone.Select(static each => each.Name));
        Assert.StartsWith("The card was refused.", failed.Message, StringComparison.Ordinal);
        Assert.Equal("failed", failed.Code);
    }

    [Fact]
    public async Task Failure_TellsTheCause_AndWhatBecameOfEachUndo()
    {
        var desk = new Desk();

        var failed = await Assert.ThrowsAsync<AgentFailedException>(
            () => desk.RunAsync($$"""{"steps":[{{Book("a")}},{{Book("sticky")}},{{Fail}}]}"""));

        Assert.Equal("The card was refused. Undone: a. Could not be undone: sticky (The hotel is closed).", failed.Message);
    }

    [Theory]
    [InlineData("Card refused (line 1)", "Card refused (line 1). Undone: a.")]
    [InlineData("Really?", "Really? Undone: a.")]
    public void Cause_IsASentenceBeforeWhatWasUndone(string cause, string told)
    {
        var undone = new UndoReport();
        undone.Add("a");

        Assert.Equal(told, undone.With(new AgentFailedException(cause)).Message);
    }

    [Fact]
    public async Task Steps_ThatAreNoCall_KeepMoneyFreeForTheirUndo_EachOnceInEveryRound()
    {
        const string Undo = """ "compensate":[{"id":"u","call":"t/undo","input":{"name":"whole"} }] """;
        var desk = new Desk();
        var plan = $$"""
            {"onCancel":"leave","steps":[{"id":"m","map":{"over":[1,2],"atMost":2,"do":[
              {"id":"b","branch":{"if":{"ref":"/input","is":"exists"},"then":[
                {"id":"p","parallel":[[{{Book("a")}}],[{{Book("c")}}]],{{Undo}} }]},{{Undo}} }]},{{Undo}} }]}
            """;

        await desk.RunAsync(plan);
        await desk.RunAsync(plan);

        Assert.Equal(
            ["0.0.reserve.0.0.0", "0.0.reserve.0.0.0.0", "0.1.reserve.0.1.0", "0.1.reserve.0.1.0.0", "reserve.0"],
            desk.Port.Reserved.Keys.Order(StringComparer.Ordinal));
        Assert.All(desk.Port.Reserved.Values, static terms => Assert.Equal((true, "t/undo"), (terms.StaysOnCancel, terms.By.Single())));

        var told = await desk.RunAsync(plan, undoing: true);

        var undone = told.GetProperty("undone").EnumerateArray().Select(static each => each.GetString()).ToList();
        Assert.Equal("m", undone[0]);
        Assert.Equal(["a", "a", "b", "b", "c", "c", "m", "p", "p"], undone.Order());
        Assert.Equal(5, desk.Port.Reserved.Count);
    }

    [Fact]
    public async Task Failure_WhileAnotherBranchAsks_CallsTheQuestionOffBeforeItUndoes()
    {
        var desk = new Desk();
        var plan = $$"""
            {"steps":[{"id":"p","parallel":[
                [{{Book("a")}},{"id":"ok","approve":{"prompt":"Go on?"} },{{Book("late")}}],
                [{{Fail}}]]}]}
            """;

        await Assert.ThrowsAsync<AgentFailedException>(() => desk.RunAsync(plan));
        // Answered after all: a later run must not go on behind the question.
        desk.Port.Answer = JsonSerializer.SerializeToElement(new { decision = "approve" });
        await Assert.ThrowsAsync<AgentFailedException>(() => desk.RunAsync(plan));

        Assert.Equal(["a"], desk.Undone.Select(static each => each.Name));
        Assert.Equal(["a"], desk.Booked.Select(static each => each.Name));
    }

    [Fact]
    public async Task Race_WhatALoserHadDone_IsUndoneOnceTheRaceIsOver()
    {
        var desk = new Desk { HoldUp = "slow" };
        var steps = $"[{{\"id\":\"r\",\"race\":[[{Book("a")},{Book("slow")}],[{Book("quick")},{Book("wins")}]]}}]";

        await desk.RunAsync($$"""{"steps":{{steps}}}""");
        await desk.RunAsync($$"""{"steps":{{steps}}}""");

        Assert.Equal(["a"], desk.Undone.Select(static each => each.Name));
    }

    [Fact]
    public async Task Undo_BegunByAnEarlierBuildWithinABranch_IsEndedWhereItWasBegun()
    {
        var desk = new Desk();
        var plan = $$"""{"steps":[{"id":"p","parallel":[[{{Book("a")}},{{Fail}}],[{{Book("b")}}]]}]}""";
        // As that build left it: booked, failed, undone at the next place of the branch.
        await desk.Port.CallAsync("0.0.0", "t/book", Json("""{"name":"a"}"""), new(), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<AgentFailedException>(
            () => desk.Port.CallAsync("0.0.1", "t/fail", Json("{}"), new(), TestContext.Current.CancellationToken));
        await desk.Port.CallAsync("0.0.2", "t/undo", Json("""{"name":"a","token":1}"""), new(), TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<AgentFailedException>(() => desk.RunAsync(plan));

        Assert.Equal(["a", "b"], desk.Undone.Select(static each => each.Name));
    }

    [Fact]
    public async Task Undo_OfAFinishedPlan_GoesOverItsRecordAndDoesNothingNew()
    {
        var desk = new Desk();
        var plan = $$"""{"steps":[{{Book("a")}},{"id":"p","parallel":[[{{Book("b")}}],[{{Book("sticky")}}]]}]}""";
        await desk.RunAsync(plan);

        var told = await desk.RunAsync(plan, undoing: true);

        Assert.Equal(3, desk.Booked.Count);
        Assert.Equal(["b", "a"], told.GetProperty("undone").EnumerateArray().Select(static each => each.GetString()));
        Assert.Equal("sticky", told.GetProperty("notUndone")[0].GetProperty("id").GetString());
    }

    /// <summary>Random plans with random failures and lost runs.</summary>
    [Fact]
    public void Plans_OfAnyShape_UndoEachDoneStepOnce_InReverse()
    {
        var calls = Gen.Int[0, 9].Select(Gen.Int[0, 20], static (kind, wait) => (kind, wait));
        Gen.Select(Node(3, calls).Array[1, 4], Gen.Int[1, 40].Array[0, 4]).Sample(
            (nodes, losses) =>
            {
                var written = new Writer();
                var plan = $$"""{"steps":[{{string.Join(',', nodes.Select(written.Step))}}]}""";
                Check(plan, losses, races: plan.Contains("\"race\"", StringComparison.Ordinal));
            },
            iter: 400);
    }

    private static void Check(string plan, int[] losses, bool races)
    {
        var desk = new Desk();
        var failed = false;
        foreach (var loss in losses.Select(static each => (int?)each).Append(null))
        {
            desk.Port.LostAfter = loss;
            try
            {
                desk.RunAsync(plan).GetAwaiter().GetResult();
                failed = false;
                break;
            }
            catch (AgentFailedException) when (!desk.Port.IsLost)
            {
                failed = true;
                break;
            }
            catch (Exception over) when (over is RunLostException || desk.Port.IsLost)
            {
                // The next run goes over what is recorded.
            }
        }

        var due = desk.Booked.Where(each => failed || desk.Port.IsScopeCanceled(each.Place)).Select(static each => each.Token).ToArray();
        var undone = desk.Undone.Select(static each => each.Token).ToArray();
        Assert.Equal(due.Order(), undone.Order());
        if (!races)
        {
            Assert.Equal(due.Reverse(), undone);
        }
    }

    private sealed record Part(int Kind, int Wait, Part[] Within);

    private static Gen<Part> Node(int depth, Gen<(int Kind, int Wait)> calls) => depth == 0
        ? calls.Select(static each => new Part(each.Kind % 5, each.Wait, []))
        : Gen.Select(calls, Node(depth - 1, calls).Array[2, 3])
            .Select(static each => new Part(each.Item1.Kind, each.Item1.Wait, each.Item2));

    private sealed class Writer
    {
        private int _ids;

        public string Step(Part part)
        {
            var id = $"s{_ids++}";
            string Within() => string.Join(',', part.Within.Select(Step));
            string Branches() => string.Join(',', part.Within.Select(each => $"[{Step(each)}]"));
            return part.Kind switch
            {
                0 when part.Wait > 12 => $$"""{"id":"{{id}}","call":"t/fail","input":{"wait":{{part.Wait}} } }""",
                1 => Book(id + (part.Wait > 15 ? "sticky" : ""), part.Wait),
                5 => $$"""{"id":"{{id}}","parallel":[{{Branches()}}]}""",
                6 => $$"""{"id":"{{id}}","map":{"over":[1,2],"atMost":{{1 + (part.Wait % 2)}},"do":[{{Within()}}] } }""",
                7 => $$"""{"id":"{{id}}","loop":{"while":{"ref":"/input","is":"exists"},"atMost":2,"do":[{{Within()}}] } }""",
                8 => $$"""{"id":"{{id}}","branch":{"if":{"ref":"/input","is":"exists"},"then":[{{Within()}}] } }""",
                9 => $$"""{"id":"{{id}}","race":[{{Branches()}}]}""",
                _ => Book(id, part.Wait),
            };
        }
    }

    private static string Book(string name, int wait = 0) => $$$"""
        {"id":"{{{name}}}","call":"t/book","input":{"name":"{{{name}}}","wait":{{{wait}}}},
         "compensate":[{"id":"u","call":"t/undo","input":{"name":"{{{name}}}","token":{"$ref":"/steps/{{{name}}}/token"} } }]}
        """;

    private static JsonElement Json(string json) => JsonElement.Parse(json);

    /// <summary>Books, undoes and fails, and keeps what it did in order.</summary>
    private sealed class Desk
    {
        private int _tokens;

        public Desk() => Port = new RecordingPort(AnswerAsync);

        public RecordingPort Port { get; }

        public IReadOnlyList<(string Name, int Token, string Place)> Booked =>
        [
            .. Port.Done.Where(static call => call is { Agent: "t/book", Answer: not null }).Select(static call =>
                (call.Answer!.Value.GetProperty("name").GetString()!, call.Answer.Value.GetProperty("token").GetInt32(), call.Key)),
        ];

        public IReadOnlyList<(string Name, int Token)> Undone =>
        [
            .. Port.Done.Where(static call => call.Agent == "t/undo").Select(static call =>
                (call.Input.GetProperty("name").GetString()!, call.Input.TryGetProperty("token", out var token) ? token.GetInt32() : 0)),
        ];

        /// <summary>The booking that takes for ever.</summary>
        public string? HoldUp { get; init; }

        public Task<JsonElement> RunAsync(string plan, bool undoing = false) => PlanRunner.RunAsync(
            PlanReader.Read(Json(plan)).Plan!, Json("{}"), Port.Run(undoing), TestContext.Current.CancellationToken);

        private async Task<JsonElement> AnswerAsync(string agent, JsonElement input)
        {
            for (var i = input.TryGetProperty("wait", out var wait) ? wait.GetInt32() : 0; i > 0; i--)
            {
                await Task.Yield();
            }

            var name = input.TryGetProperty("name", out var said) ? said.GetString()! : "";
            switch (agent)
            {
                case "t/book" when name == HoldUp:
                    await new TaskCompletionSource().Task;
                    return default;
                case "t/book":
                    var token = Interlocked.Increment(ref _tokens);
                    return JsonSerializer.SerializeToElement(new { name, token });
                case "t/undo":
                    return name.EndsWith("sticky", StringComparison.Ordinal)
                        ? throw new AgentFailedException("The hotel is closed.")
                        : JsonSerializer.SerializeToElement(new { });
                default:
                    throw new AgentFailedException("The card was refused.");
            }
        }
    }
}
