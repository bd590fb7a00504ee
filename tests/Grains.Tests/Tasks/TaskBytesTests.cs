using Orkestron.Domain;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tests.Tasks;

/// <summary>What a task records is limited in bytes, whatever records it.</summary>
public sealed class TaskBytesTests
{
    private static readonly TaskOptions Options = new() { MaxTaskBytes = 1_000 };

    [Fact]
    public void Bytes_AreThoseOfInputsAnswersAndRecords()
    {
        var task = TaskStories.Fold(
            TaskStories.Submitted(),
            new StepRequested(2, 1, "0", "aa/call", "1.0.0", 1, false) { Content = Text(100) },
            new StepValueRecorded(1, "1") { Content = Text(30) },
            new StepCompleted(2, 1, TaskStories.Start, TaskStories.Start, 1) { Content = Text(200) });

        Assert.Equal(2 + 100 + 30 + 200, task.Bytes);
    }

    [Theory]
    [InlineData(398, true)]
    [InlineData(399, false)]
    public void Answer_ThatMakesTheTaskTooLarge_FailsItsStep(int bytes, bool fits)
    {
        var facts = StepEndRules.EndStep(
            Filled(600), TaskStories.Answer() with { Output = Text(bytes) }, TaskStories.Start, Options);

        Assert.Equal(fits, facts[0] is StepCompleted);
        if (!fits)
        {
            var failed = Assert.IsType<TaskFailed>(facts[^1]);
            Assert.Equal(TaskBytes.Code, failed.Code);
            Assert.Equal(
                "A task records at most 1,000 bytes of inputs, answers and messages; this would make 1,001. Hand large content over as files.",
                TaskViews.TextOf(failed.Content));
        }
    }

    [Theory]
    [InlineData(400, null)]
    [InlineData(401, TaskBytes.Code)]
    public void Value_ThatMakesTheTaskTooLarge_IsNotRecorded(int bytes, string? code)
    {
        var (fact, failure) = HistoryRules.Decide(
            Filled(598), new HistoryRequest(1, "9", HistoryKind.Value, null, Text(bytes)) { Attempt = 1 }, TaskStories.Start, Options);

        Assert.Equal((code, code is null), (failure?.Code, fact is not null));
    }

    [Theory]
    [InlineData(400, null)]
    [InlineData(401, TaskBytes.Code)]
    public void Message_ThatMakesTheTaskTooLarge_IsNotSent(int bytes, string? code) => Assert.Equal(
        code, MessageRules.Send(Filled(598), new SendMessage(1, "9", "role:other", "note", Text(bytes)), Options).Failure?.Code);

    [Theory]
    [InlineData(400, false, true)]
    [InlineData(401, false, false)]
    [InlineData(1_400, true, true)]
    [InlineData(1_401, true, false)]
    public void WhatUndoes_MayRecordAsMuchAgain(int bytes, bool undoes, bool fits) =>
        Assert.Equal(fits, TaskBytes.Refuse(Filled(598), bytes, Options, undoes) is null);

    // The input has two bytes more.
    private static TaskRecord Filled(int bytes) =>
        TaskStories.Fold(TaskStories.Submitted(), new StepValueRecorded(1, "0") { Content = Text(bytes) });

    private static Payload Text(int bytes) => Payload.Of($"\"{new string('x', bytes - 2)}\"");
}
