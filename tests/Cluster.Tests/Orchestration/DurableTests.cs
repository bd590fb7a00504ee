using System.Text.Json;
using Orkestron.Cluster.Tests.Hosting;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Operations;

namespace Orkestron.Cluster.Tests.Orchestration;

/// <summary>Orchestrators in code: what they asked for is done once and paid once, however often they run.</summary>
public sealed class DurableTests
{
    private const long Price = 10_000;

    [Fact]
    public async Task Question_AnsweredAfterASiloWasKilled_GoesOnWithoutRepeatingAStep()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 3);
        var customer = await Customer.OpenAsync(cluster);
        var id = Ids.New();
        Assert.True((await customer.SubmitAsync(id, "test/approval", """{"draft":"Hello"}""")).Accepted);
        await customer.SawAsync(id, "step.suspended");

        // What waits is not in memory, and the death of a silo brings nothing of it back.
        await customer.LeftMemoryAsync(id);
        await cluster.KillAsync(1);
        await cluster.Grains.GetGrain<IResumeGrain>(0).SweepAsync();
        await customer.LeftMemoryAsync(id);
        var asked = (await customer.ViewAsync(id)).Value!;
        var question = Assert.Single(asked.Questions);
        Assert.Equal((TaskState.InputRequired, "Send it?"), (asked.State, question.Prompt));
        Assert.Equal("""{"draft":"Hello"}""", question.Subject!.ToString());
        var wrong = await customer.AnswerAsync(id, """{"approved":"perhaps"}""");
        Assert.Equal(RefusalCode.InputInvalid, wrong.Refusal?.Code);
        var taken = await customer.AnswerAsync(id, """{"approved":true,"ssn":"078-05-1120"}""");
        Assert.Equal(
            ["/ssn"],
            taken.Value!.Steps.SelectMany(static step => step.History).Single(
                static entry => entry.Kind == HistoryKind.Question).DroppedMembers);
        Assert.True((await AgainAsync("""{"approved":true,"ssn":"078-05-1120"}""")).Accepted);
        Assert.True((await AgainAsync("""{"approved":true}""")).Accepted);
        Assert.Equal(RefusalCode.Conflict, (await AgainAsync("""{"approved":false}""")).Refusal?.Code);
        var task = await customer.SettledAsync(id);

        Assert.Equal((TaskState.Completed, 3, 3 * Price), (task.State, task.Steps.Length, task.ChargedMicro));
        Assert.True(task.Result is { } result && JsonDocument.Parse(result.Utf8).RootElement.GetProperty("sent")
            .GetProperty("approved").GetBoolean());
        Assert.DoesNotContain("ssn", task.Result!.ToString(), StringComparison.Ordinal);
        await customer.AssertSpentAsync(3 * Price);

        Task<Outcome<TaskView>> AgainAsync(string answer) => customer.AnswerAsync(id, answer, question.Id);
    }

    [Fact]
    public async Task Sleep_LongerThanARun_RunsAgainWithWhatWasRecorded()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        var customer = await Customer.OpenAsync(cluster);

        var task = await customer.RunAsync("test/sleeper");

        Assert.Equal((TaskState.Completed, 2 * Price), (task.State, task.ChargedMicro));
        Assert.Equal(2, cluster.Agents.Runs[$"{task.Id}/1"]);
        using var result = JsonDocument.Parse(task.Result!.Utf8);
        Assert.Equal(1, result.RootElement.GetProperty("noted").GetProperty("runs").GetInt32());
        Assert.Equal(1, result.RootElement.GetProperty("echo").GetProperty("runs").GetInt32());
    }

    [Fact]
    public async Task Race_FirstAnswerWins_TheLoserIsCalledOffAndNotPaid()
    {
        await using var cluster = await TestCluster.StartAsync();
        var customer = await Customer.OpenAsync(cluster);

        var task = await customer.RunAsync("test/racer");

        Assert.Equal("""{"who":"fast"}""", task.Result!.ToString());
        Assert.Equal(StepState.Canceled, Assert.Single(task.Steps, step => step.Agent == "test/gated").State);
        Assert.Equal(2 * Price, task.ChargedMicro);
        await customer.AssertSpentAsync(2 * Price);
    }

    [Fact]
    public async Task Race_WhoseLoserAsks_LeavesNoOpenQuestion()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        var customer = await Customer.OpenAsync(cluster);
        var id = Ids.New();
        Assert.True((await customer.SubmitAsync(id, "test/asking-racer")).Accepted);
        await cluster.Agents.StartedAsync(id);

        var working = (await customer.ViewAsync(id)).Value!;
        var answered = await customer.AnswerAsync(id, "{}");
        cluster.Agents.Release(id.ToString());
        var task = await customer.SettledAsync(id);

        Assert.Equal(TaskState.Working, working.State);
        Assert.Empty(working.Questions);
        Assert.Equal(RefusalCode.NotFound, answered.Refusal?.Code);
        Assert.Equal((TaskState.Completed, 3 * Price), (task.State, task.ChargedMicro));

        // From behind the race: its winner is taken over. From within it: it is run again.
        var behind = await RetryAsync(cluster, customer, task, "1");
        var within = await RetryAsync(cluster, customer, task, "0.1.1");

        Assert.Equal((TaskState.Completed, 2 * Price), (behind.State, behind.ChargedMicro));
        Assert.Equal("0.1.1", Assert.Single(behind.Steps, step => step.ReusedFrom is not null).Key);
        Assert.DoesNotContain(behind.Steps[0].History, entry => entry.Key == "0.0.0");
        Assert.Equal((TaskState.Completed, 3 * Price), (within.State, within.ChargedMicro));
    }

    private static async Task<TaskView> RetryAsync(TestCluster cluster, Customer customer, TaskView task, string place)
    {
        var id = Ids.New();
        cluster.Agents.Release(id.ToString());
        var retried = await customer.Task(id).SubmitAsync(new SubmitTask(customer.Id, task.Agent, task.Input!, null, null)
        {
            RetryFrom = new StepRef(task.Id, Assert.Single(task.Steps, step => step.Key == place).Id),
        });
        Assert.True(retried.Accepted, retried.Refusal?.Detail);
        return await customer.SettledAsync(id);
    }

    [Fact]
    public async Task Rerun_AskingForSomethingElseOrLess_FailsAndSaysWhatDiffers()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        var customer = await Customer.OpenAsync(cluster);

        var task = await customer.RunAsync("test/changing");

        Assert.Equal((TaskState.Failed, "nondeterministic"), (task.State, task.FailureCode));
        Assert.Contains("At place 0 of the agent's code", task.StatusMessage, StringComparison.Ordinal);
        await customer.AssertSpentAsync(Price);

        var less = await customer.RunAsync("test/shrinking");

        Assert.Equal((TaskState.Failed, "nondeterministic"), (less.State, less.FailureCode));
        Assert.Contains(
            "At place 1 of the agent's code the task has recorded a call of test/echo; now the code came to its end",
            less.StatusMessage,
            StringComparison.Ordinal);
        await customer.AssertSpentAsync(3 * Price);
    }
}
