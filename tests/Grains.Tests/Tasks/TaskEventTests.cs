using System.Reflection;
using System.Text.Json.Serialization;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using static Orkestron.Grains.Tests.Tasks.TaskStories;

namespace Orkestron.Grains.Tests.Tasks;

public sealed class TaskEventTests
{
    private static readonly TaskEvent[] Samples =
    [
        new TaskSubmitted(Owner, "a/b", "1.0.0", 5, Guid.NewGuid(), Start, "hash"),
        new StepRequested(2, 1, "0", "a/b", "1.0.0", 7, false, "models.example", 9, "critic"),
        new TaskContinues(Guid.NewGuid(), 3),
        new StepReused(2, Guid.NewGuid(), 3, "code", true),
        new StepStarted(1, 2, Start),
        new StepLost(1, 2, Start, Start.AddSeconds(1), "worker_lost", 3),
        new StepCompleted(1, 2, Start, Start.AddSeconds(1), 9),
        new StepFailed(1, 2, Start, Start, "code", true, Start.AddSeconds(4)),
        new StepCanceled(3),
        new StepUndoing(1, 2, "task_canceled"),
        new TaskUndoing("task_canceled", Start.AddHours(1)),
        new StepWaits(1, "0", Start.AddHours(1)),
        new StepAsked(1, "1"),
        new StepAnswered(1, "1"),
        new StepValueRecorded(1, "2.0.1", null, Start),
        new StepReserved(1, "reserve.0", 500, true),
        new StepSuspended(1, 1, 0),
        new StepOpened(1, Guid.NewGuid()),
        new StepMade(2, Guid.NewGuid()),
        new StepTrimmed(1, "1"),
        new StepWrote(1, 2, 300),
        new StepSent(2, "0", "role:critic", null, "draft", [Guid.NewGuid()]),
        new StepListens(3, "0.1", "draft"),
        new StepReceived(3, "0.1", "2:0"),
        new StepScopeCanceled(1, "0.1."),
        new TaskCompleted(),
        new TaskFailed("code"),
        new TaskRejected("code"),
        new TaskCanceled(),
        new TaskSettled(1, 2, Guid.NewGuid()),
        new TaskShared("hash", Start),
        new TaskUnshared(),
    ];

    [Fact]
    public void Events_EveryKind_SurvivesTheLog()
    {
        foreach (var fact in Samples)
        {
            var read = EventCodec.Read(EventCodec.Write(fact, TaskJson.Default.TaskEvent), TaskJson.Default.TaskEvent);

            Assert.Equal(fact, read);
        }
    }

    [Fact]
    public void Events_EveryKind_HasASampleAndItsWireName()
    {
        var declared = typeof(TaskEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
            .ToDictionary(attribute => attribute.DerivedType, attribute => (string)attribute.TypeDiscriminator!);

        Assert.Equal(declared.Count, Samples.Length);
        Assert.All(Samples, fact => Assert.Equal(declared[fact.GetType()], TaskEventNames.Of(fact)));
    }

    [Fact]
    public void Events_PersonalContent_StaysOutOfTheBody()
    {
        var fact = new TaskSubmitted(Owner, "a/b", "1.0.0", 5, Guid.NewGuid(), Start, "hash")
        {
            Content = Payload.Of("\"canary\""),
        };

        var body = EventCodec.Write<TaskEvent>(fact, TaskJson.Default.TaskEvent);

        Assert.DoesNotContain("canary", System.Text.Encoding.UTF8.GetString(body), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownFormat_IsAFault() =>
        Assert.Throws<InvalidDataException>(() => EventCodec.Read<TaskEvent>([9, 1, 2], TaskJson.Default.TaskEvent));
}
