using Orkestron.Cluster.Tests.Hosting;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Agents;

namespace Orkestron.Cluster.Tests.Orchestration;

/// <summary>Published plans undo what they did, whatever cuts them short; each thing once.</summary>
public sealed class UndoTests
{
    private const long Price = 10_000;

    private const string Gate = """{"id":"g","call":"test/gated","input":{} },""";

    private const string Bad = """{"id":"bad","call":"test/flaky","input":{"succeedsAt":9} }""";

    [Fact]
    public async Task Plans_CutShort_UndoWhatTheyDid()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 2);
        var customer = await Customer.OpenAsync(cluster);
        await PublishAsync(cluster, "half", $$"""
            {"steps":[{{Book("a")}},{"id":"p","parallel":[[{{Book("b", gate: true)}}],[{{Bad}}]]}]}
            """);
        await PublishAsync(cluster, "asks", $$"""
            {"steps":[{{Book("a")}},{{Book("b")}},{"id":"ok","approve":{"prompt":"Go on?"} },{{Book("c")}}]}
            """);
        await PublishAsync(cluster, "stays", $$"""
            {"onCancel":"leave","steps":[{{Book("a")}},{"id":"ok","approve":{"prompt":"Go on?"} }]}
            """);
        await PublishAsync(cluster, "whole", """
            {"steps":[{"id":"p","parallel":[[{"id":"x","call":"test/echo","input":{"name":"x"} }],[{"id":"y","call":"test/echo","input":{"name":"y"} }]],
              "compensate":[{"id":"u","call":"test/echo","input":{"name":"p"} }]},{"id":"ok","approve":{"prompt":"Go on?"} }]}
            """);
        await PublishAsync(cluster, "inner", $$"""{"steps":[{{Book("a")}},{{Book("b")}}]}""");
        await PublishAsync(cluster, "outer", $$"""
            {"steps":[{"id":"trip","call":"test/inner","input":{} },{{Book("c")}},{{Bad}}]}
            """);
        await PublishAsync(cluster, "waits", """{"steps":[{"id":"in","call":"test/stays","input":{} },{"id":"e","call":"test/echo","input":{"x":1} }]}""");

        // Killed in the middle of undoing: the silo that runs the plan, whichever it is, may be the one.
        var half = Ids.New();
        Assert.True((await customer.SubmitAsync(half, "test/half")).Accepted);
        var asks = Ids.New();
        Assert.True((await customer.SubmitAsync(asks, "test/asks")).Accepted);
        var stays = Ids.New();
        Assert.True((await customer.SubmitAsync(stays, "test/stays")).Accepted);
        var waits = Ids.New();
        Assert.True((await customer.SubmitAsync(waits, "test/waits")).Accepted);
        await cluster.Agents.StartedAsync(half);
        await cluster.KillAsync(1);
        cluster.Agents.Release(half.ToString());
        var failed = await customer.SettledAsync(half);

        Assert.Equal(TaskState.Failed, failed.State);
        Assert.Equal(["b", "a"], Undone(failed));
        Assert.EndsWith("Undone: b, a.", failed.StatusMessage, StringComparison.Ordinal);
        Assert.Equal(5 * Price, failed.ChargedMicro);

        // Cancelled while it waits for a person.
        await AskedAsync(customer, asks);
        var asked = (await customer.ViewAsync(asks)).Value!;
        Assert.InRange(Assert.Single(asked.Questions).AnswerBy!.Value - asked.CreatedAt, TimeSpan.FromDays(29), TimeSpan.FromDays(31));
        Assert.True((await customer.Task(asks).CancelAsync(new CancelTask(customer.Id))).Accepted);
        var canceled = await customer.SettledAsync(asks);
        Assert.Equal((TaskState.Canceled, "Cancelled by you. Undone: b, a."), (canceled.State, canceled.StatusMessage));
        Assert.Equal(["b", "a"], Undone(canceled));

        var late = Ids.New();
        Assert.True((await customer.SubmitAsync(late, "test/asks", deadline: TimeProvider.System.GetUtcNow().AddSeconds(5))).Accepted);

        // Its plan leaves what was done.
        await AskedAsync(customer, stays);
        Assert.True((await customer.Task(stays).CancelAsync(new CancelTask(customer.Id))).Accepted);
        Assert.Empty(Undone(await customer.SettledAsync(stays)));

        // What undoes the branches as a whole, although nothing undoes their calls.
        var whole = Ids.New();
        Assert.True((await customer.SubmitAsync(whole, "test/whole")).Accepted);
        await AskedAsync(customer, whole);
        Assert.True((await customer.Task(whole).CancelAsync(new CancelTask(customer.Id))).Accepted);
        var undone = await customer.SettledAsync(whole);
        Assert.Equal((TaskState.Canceled, "Cancelled by you. Undone: p."), (undone.State, undone.StatusMessage));
        Assert.Equal(["p"], Undone(undone));

        // Too late.
        var expired = await customer.SettledAsync(late);
        Assert.Equal((TaskState.Failed, "deadline_passed"), (expired.State, expired.FailureCode));
        Assert.Equal(Booked(expired).Reverse(), Undone(expired));

        // A plan within a plan had ended well.
        var outer = await customer.RunAsync("test/outer");
        Assert.Equal(TaskState.Failed, outer.State);
        Assert.Equal(["c", "b", "a"], Undone(outer));
        Assert.EndsWith("Undone: c, trip/b, trip/a.", outer.StatusMessage, StringComparison.Ordinal);

        // A caller does not stay while its call waits for a person, and goes on when that has answered.
        await customer.SawAsync(waits, "step.suspended", times: 2);
        Assert.True((await customer.AnswerAsync(waits, """{"decision":"approve"}""")).Accepted);
        Assert.Equal(TaskState.Completed, (await customer.SettledAsync(waits)).State);
    }

    /// <summary>What was undone, in order; each once.</summary>
    private static string[] Undone(TaskView task) => Done(task, undo: true);

    private static string[] Booked(TaskView task) => Done(task, undo: false);

    private static string[] Done(TaskView task, bool undo) =>
    [
        .. task.Steps.Where(step => step is { State: StepState.Completed, Key: { } key, Agent: "test/echo" }
                && key.Contains("undo.", StringComparison.Ordinal) == undo)
            .Select(static step => System.Text.Json.JsonDocument.Parse(step.Input!.Utf8).RootElement.GetProperty("name").GetString()!),
    ];

    private static async Task AskedAsync(Customer customer, Guid id)
    {
        if ((await customer.ViewAsync(id)).Value!.Questions.IsEmpty)
        {
            await customer.SawAsync(id, "step.asked");
        }
    }

    // With a gate, the undoing waits for the test.
    private static string Book(string name, bool gate = false) => $$$"""
        {"id":"{{{name}}}","call":"test/echo","input":{"name":"{{{name}}}"},
         "compensate":[{{{(gate ? Gate : "")}}}{"id":"u","call":"test/echo","input":{"name":{"$ref":"/steps/{{{name}}}/name"} } }]}
        """;

    private static async Task PublishAsync(TestCluster cluster, string name, string plan)
    {
        var like = (await cluster.Grains.GetGrain<IAgentGrain>("test/fan-out").GetManifestAsync())!;
        var published = await cluster.Grains.GetGrain<IAgentGrain>($"test/{name}").PublishAsync(like with
        {
            Name = name,
            Transport = AgentTransports.Plan,
            Plan = Payload.Of(plan),
            Calls = ["test/echo"],
            OutputSchema = Payload.Of("true"),
        });
        Assert.True(published.Accepted, published.Refusal?.Detail);
    }
}
