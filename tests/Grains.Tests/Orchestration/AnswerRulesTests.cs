using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using static Orkestron.Grains.Tests.Tasks.TaskStories;

namespace Orkestron.Grains.Tests.Orchestration;

/// <summary>An agent gets of the owner's answer only what its question's schema declares.</summary>
public sealed class AnswerRulesTests
{
    [Theory]
    [InlineData("""{"properties":{"approved":{"type":"boolean"}}}""", """{"approved":true,"ssn":"078-05-1120"}""", """{"approved":true}""", "/ssn")]
    [
        InlineData(
            """{"properties":{"to":{"properties":{"name":{}}}}}""", """{ "to": {"name":"Ada","iban":"DE02"} }""", """{"to":{"name":"Ada"}}""", "/to/iban"),
    ]
    [
        InlineData(
            """{"properties":{"rows":{"items":{"properties":{"n":{}}}}}}""",
            """{"rows":[{"n":1.50},{"n":2,"x":3}],"y":4}""",
            """{"rows":[{"n":1.50},{"n":2}]}""",
            "/rows/1/x",
            "/y"),
    ]
    [InlineData("""{"type":"object"}""", """{"anything":1}""", """{"anything":1}""")]
    public void Answer_WithUndeclaredMembers_IsTakenWithoutThemAndSaysSo(string schema, string given, string taken, params string[] dropped)
    {
        var answer = AnswerRules.Check(Payload.Of(schema), Payload.Of(given));
        var asked = Fold(Submitted(), new StepAsked(1, "0") { Content = Payload.Of($$"""{"prompt":"?","schema":{{schema}}}""") });
        var task = Fold(asked, AnswerRules.Facts(1, "0", answer));

        Assert.Equal(taken, task.Step(1)!.History["0"].Answer!.ToString());
        Assert.Equal(dropped, View(task).DroppedMembers);
        Assert.All(
            new[] { given, taken },
            again => Assert.True(AnswerRules.IsSame(Payload.Of(schema), task.Step(1)!.History["0"].Answer, Payload.Of(again))));
    }

    [Theory]
    [InlineData("""{"approved":false,"ssn":"078-05-1120"}""")]
    [InlineData("""{"ssn":"078-05-1120"}""")]
    [InlineData("""{"approved":"perhaps"}""")]
    public void Answer_ThatIsAnotherOne_IsNotTheSame(string given) => Assert.False(AnswerRules.IsSame(
        Payload.Of("""{"properties":{"approved":{"type":"boolean"}}}"""), Payload.Of("""{"approved":true}"""), Payload.Of(given)));

    [Fact]
    public void Answer_ThatFitsOnlyWithWhatIsUndeclared_IsRefusedByName() => Assert.Equal("/ssn", Assert.Single(AnswerRules.Check(
        Payload.Of("""{"properties":{"a":{}},"minProperties":2}"""), Payload.Of("""{"a":1,"ssn":2}""")).Errors).Path);

    [Fact]
    public void Answer_TakenOverByALaterRun_StillSaysWhatWasLeftOut()
    {
        var question = Payload.Of("""{"prompt":"?","schema":{"properties":{"a":{}}}}""");
        var before = Fold(
            Submitted(),
            [new StepAsked(1, "0") { Content = question }, .. AnswerRules.Facts(1, "0", AnswerRules.Check(
                Payload.Of("""{"properties":{"a":{}}}"""), Payload.Of("""{"a":1,"b":2}""")))]);

        var later = Fold(Submitted(), [.. Replay.Reuse(
            new HistoryRequest(1, "0", HistoryKind.Question, null, question), Replay.At(before, 1, "0").Mark!, Start)]);

        Assert.Equal(["/b"], View(later).DroppedMembers);
    }

    private static HistoryEntryView View(TaskRecord task) =>
        Assert.Single(Assert.Single(TaskViews.Of(Guid.NewGuid(), task, 1, new TaskLiveState(10)).Steps).History);
}
