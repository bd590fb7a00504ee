using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Tests.Common;

namespace Orkestron.Grains.Tests.Tasks;

/// <summary>Values of a run that come to its task with what follows them.</summary>
[Collection("silo")]
public sealed class TaskValueTests(TestSilo silo)
{
    [Fact]
    public async Task Values_ThatComeWithAnEnd_AreInTheLogBeforeIt()
    {
        var stage = new TaskStage(silo);
        await stage.SubmitAsync("aa/ends-with-values");

        Assert.True(await stage.Steps.EndStepAsync(TaskStage.Answer(1) with { Values = Values(("0", "1"), ("1", "2")) }));
        // Handed in once more, as after a lost acknowledgement.
        Assert.True(await stage.Steps.EndStepAsync(TaskStage.Answer(1) with { Values = Values(("0", "1"), ("1", "2")) }));

        await stage.ReactivateAsync();
        var view = await stage.ViewAsync();
        Assert.Equal(TaskState.Completed, view.State);
        Assert.Equal(["0", "1"], view.Steps[0].History.Select(static entry => entry.Key).Order());
    }

    [Theory]
    // What comes with the end, and whether the run is to be done again.
    [InlineData("7", true)]
    [InlineData("1", false)]
    public async Task End_WithAValueThatDoesNotStand_IsNotTaken(string second, bool again)
    {
        var stage = new TaskStage(silo);
        await stage.SubmitAsync("aa/was-superseded");
        Assert.Equal(1, (await stage.Steps.RecordValuesAsync(new RecordValues(1, 1, Values(("1", "1"))))).Taken);

        var taken = await stage.Steps.EndStepAsync(TaskStage.Answer(1) with { Values = Values(("0", "1"), ("1", second)) });

        Assert.Equal(!again, taken);
        Assert.Equal(again ? TaskState.Submitted : TaskState.Completed, (await stage.ViewAsync()).State);
        await stage.ReactivateAsync();
        // What stood before the one that does not is durable.
        Assert.Equal(["0", "1"], (await stage.ViewAsync()).Steps[0].History.Select(static entry => entry.Key).Order());
    }

    [Fact]
    public async Task Value_ThatMayNotBeRecorded_FailsTheRunByItsCode()
    {
        var stage = new TaskStage(silo);
        await stage.SubmitAsync("aa/keeps-too-much");
        var large = $"\"{new string('x', silo.Tasks.MaxMarkBytes)}\"";

        Assert.True(await stage.Steps.EndStepAsync(TaskStage.Answer(1) with { Values = Values(("0", "1"), ("1", large)) }));

        var view = await stage.ViewAsync();
        Assert.Equal((TaskState.Failed, "record_too_large"), (view.State, view.FailureCode));
        Assert.Equal(["0"], view.Steps[0].History.Select(static entry => entry.Key));
    }

    [Fact]
    public async Task Call_WithAValueThatDoesNotStand_IsNotMade()
    {
        var stage = new TaskStage(silo);
        await stage.SubmitAsync("aa/calls-late");
        await stage.PublishAsync("aa/is-called");
        await stage.Steps.RecordValuesAsync(new RecordValues(1, 1, Values(("0", "1"))));

        var result = await stage.Steps.CallAgentAsync(
            new StepCall(1, "1", "aa/is-called", Payload.EmptyObject) { Attempt = 1, BudgetMicro = 1, Values = Values(("0", "2")) });

        Assert.Equal("run_superseded", result.Failure?.Code);
        Assert.Single((await stage.ViewAsync()).Steps);
    }

    private static ImmutableArray<RunValue> Values(params (string Key, string Value)[] values) =>
        [.. values.Select(static each => new RunValue(each.Key, Payload.Of(each.Value), TestSilo.Start))];
}
