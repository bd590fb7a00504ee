using Orkestron.Contracts.Artifacts;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using static Orkestron.Grains.Tests.Tasks.TaskStories;

namespace Orkestron.Grains.Tests.Messages;

public sealed class MessageRulesTests
{
    private static readonly TaskOptions Options = new();

    // 1 calls 2 (writer) and 3 (critic); 2 calls 4.
    private static readonly TaskRecord Team = Fold(
        Submitted(), Call(2, 1, "writer"), Call(3, 1, "critic"), Call(4, 2, null));

    [Theory]
    [InlineData(2, "parent", 1)]
    [InlineData(1, "step:3", 3)]
    [InlineData(2, "step:3", 3)]
    [InlineData(1, "role:critic", 3)]
    [InlineData(2, "role:critic", 3)]
    [InlineData(2, "role:a/b", 4)]
    [InlineData(4, "parent", 2)]
    public void Send_ToAStepNextToIt_IsTakenThere(int from, string to, int taker)
    {
        var sent = Sent(Team, from, to);
        for (var other = 1; other <= 4; other++)
        {
            if (other != from && other != taker)
            {
                Assert.Null(MessageRules.At(Received(sent, other), other, "9"));
            }
        }

        Assert.Equal($"{from}:5", MessageRules.At(Received(sent, taker), taker, "9")!.Id);
    }

    [Theory]
    [InlineData(1, "parent", "recipient_not_found")]
    [InlineData(1, "step:4", "recipient_not_found")]
    [InlineData(3, "step:4", "recipient_not_found")]
    [InlineData(2, "step:2", "recipient_not_found")]
    [InlineData(2, "step:7", "recipient_not_found")]
    [InlineData(2, "everybody", "recipient_invalid")]
    public void Send_ToAnyOther_IsRefused(int from, string to, string code) =>
        Assert.Equal(code, MessageRules.Send(Team, Message(from, to), Options).Failure!.Code);

    [Fact]
    public void Send_ToAStepThatHasEnded_IsRefused()
    {
        var ended = Fold(Team, new StepCompleted(3, 1, Start, Start, 1));

        Assert.Equal("recipient_ended", MessageRules.Send(ended, Message(1, "step:3"), Options).Failure!.Code);
        Assert.Equal("task_canceled", MessageRules.Send(ended, Message(3, "parent"), Options).Failure!.Code);
    }

    [Fact]
    public void Send_AgainAtTheSamePlace_IsSentOnce()
    {
        var sent = Sent(Team, 2, "parent");

        var again = MessageRules.Send(sent, Message(2, "parent"), Options);
        var other = MessageRules.Send(sent, Message(2, "role:critic"), Options);

        Assert.True(again is { Facts.Count: 0, Failure: null });
        Assert.Equal("nondeterministic", other.Failure!.Code);
    }

    [Fact]
    public void Receive_BeforeAnythingWasSent_GetsTheFirstThatFits()
    {
        var listening = Received(Team, 3, "verdict");
        listening = Sent(listening, 2, "role:critic", "draft", "0");
        Assert.Null(MessageRules.At(listening, 3, "9"));

        listening = Sent(listening, 2, "role:critic", "verdict", "1");

        Assert.Equal("2:1", MessageRules.At(listening, 3, "9")!.Id);
        // Each is taken once: the other one waits for who asks for any.
        Assert.Equal("2:0", MessageRules.At(Received(listening, 3, null, "10"), 3, "10")!.Id);
    }

    [Fact]
    public void Receive_ByAStepThatBeginsLater_GetsWhatWasSentToItsRole()
    {
        var sent = Sent(Team, 2, "role:judge");

        var later = Fold(sent, Call(5, 1, "judge"));

        Assert.Equal("2:5", MessageRules.At(Received(later, 5), 5, "9")!.Id);
    }

    [Fact]
    public void Receive_OfASuspendedStep_WakesIt()
    {
        var waiting = Fold(Received(Team, 3), new StepSuspended(3, 1, 0));
        Assert.Equal((StepState.Waiting, null), (waiting.Step(3)!.State, waiting.Step(3)!.WakeAt));
        Assert.NotEqual(TaskState.InputRequired, waiting.State);

        Assert.Equal(Start, Sent(waiting, 1, "step:3").Step(3)!.WakeAt);
    }

    [Fact]
    public void Send_OverTheLimits_IsRefused()
    {
        var few = new TaskOptions { MaxMessages = 1, MaxMessageBytes = 20 };

        Assert.Equal("too_many_messages", MessageRules.Send(Sent(Team, 2, "parent"), Message(3, "parent"), few).Failure!.Code);
        Assert.Equal(
            "message_too_large",
            MessageRules.Send(Team, Message(2, "parent") with { Content = Payload.Of($"\"{new string('x', 30)}\"") }, few).Failure!.Code);
        Assert.Equal(
            "message_type_invalid", MessageRules.Send(Team, Message(2, "parent") with { Type = "Not This" }, Options).Failure!.Code);
    }

    [Fact]
    public void Artifacts_GoWithMessages_AndNoFurther()
    {
        var file = Guid.NewGuid();
        var made = Fold(Team, new StepMade(2, file));
        var content = Payload.Of($$"""{"file":"{{ArtifactReference.Of(file)}}"}""");

        var stolen = MessageRules.Send(made, Message(3, "parent") with { Content = content }, Options);
        var given = MessageRules.Send(made, Message(2, "role:critic") with { Content = content }, Options);
        var passed = Received(Fold(made, [.. given.Facts]), 3);

        Assert.Equal("artifact_not_found", stolen.Failure!.Code);
        Assert.True(Domain.Tasks.TaskArtifacts.MayUse(passed, passed.Step(3)!, file));
        Assert.False(Domain.Tasks.TaskArtifacts.MayUse(passed, passed.Step(1)!, file));
        Assert.False(Domain.Tasks.TaskArtifacts.MayUse(passed, passed.Step(4)!, file));
    }

    private static StepRequested Call(int id, int parent, string? role) =>
        new(id, parent, $"{id}", "a/b", "1", 1, true, null, 1, role) { Content = Payload.EmptyObject };

    private static SendMessage Message(int from, string to, string type = "draft", string key = "5") =>
        new(from, key, to, type, Payload.Of("{}"));

    private static TaskRecord Sent(TaskRecord task, int from, string to, string type = "draft", string key = "5")
    {
        var (facts, failure) = MessageRules.Send(task, Message(from, to, type, key), Options);
        Assert.Null(failure);
        return Fold(task, [.. facts]);
    }

    private static TaskRecord Received(TaskRecord task, int step, string? type = null, string key = "9")
    {
        var (facts, failure) = MessageRules.Receive(task, new ReceiveMessage(step, key, type, false), Options);
        Assert.Null(failure);
        return Fold(task, [.. facts]);
    }
}
