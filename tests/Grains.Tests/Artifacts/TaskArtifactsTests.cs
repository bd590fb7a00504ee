using Orkestron.Contracts.Artifacts;
using Orkestron.Domain;
using Orkestron.Domain.Artifacts;
using Orkestron.Domain.Tasks;
using static Orkestron.Grains.Tests.Tasks.TaskStories;

namespace Orkestron.Grains.Tests.Artifacts;

public sealed class TaskArtifactsTests
{
    private static readonly ArtifactOptions Options = new();
    private static readonly Guid Given = Guid.NewGuid();
    private static readonly Guid Made = Guid.NewGuid();
    private static readonly Guid Foreign = Guid.NewGuid();

    // The root was given a file; it calls 2 with it and 3 without.
    private static readonly TaskRecord Task = Fold(
        TaskRecord.None,
        (TaskSubmitted)Submission()[0] with { Content = Json(Given) },
        Submission()[1],
        Call(2, 1, Json(Given)),
        Call(3, 1, Payload.EmptyObject));

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Open_OfWhatTheInputNames_IsForThoseWhoWereGivenIt(int step, bool may) =>
        Assert.Equal(may, Decide(Task, step, ArtifactUse.Open, Given) is null);

    [Fact]
    public void Open_OfWhatAStepMade_IsForItAndForWhomItAnswers()
    {
        var task = Fold(Task, new StepMade(2, Made));
        Assert.Null(Decide(task, 2, ArtifactUse.Open, Made));
        Assert.NotNull(Decide(task, 1, ArtifactUse.Open, Made));

        task = Fold(task, new StepCompleted(2, 1, Start, Start, 1) { Content = Json(Made) });

        Assert.Null(Decide(task, 1, ArtifactUse.Open, Made));
        Assert.NotNull(Decide(task, 3, ArtifactUse.Open, Made));
    }

    [Fact]
    public void Answer_NamingAnothersFile_GivesNobodyARight()
    {
        var task = Fold(Task, new StepCompleted(2, 1, Start, Start, 1) { Content = Json(Foreign) });

        Assert.Equal("artifact_not_found", Decide(task, 1, ArtifactUse.Open, Foreign)!.Code);
    }

    [Fact]
    public void Call_NamingAFileTheCallerMayNotUse_IsRefused()
    {
        Assert.Equal("artifact_not_found", TaskArtifacts.RefuseToPass(Task, Task.Step(3)!, Json(Given))!.Code);
        Assert.Null(TaskArtifacts.RefuseToPass(Task, Task.Step(2)!, Json(Given)));
    }

    [Fact]
    public void Open_ByAnEarlierAttempt_IsRefused()
    {
        var retrying = Fold(Task, new StepFailed(2, 1, Start, Start, "code", false, Start));

        Assert.Equal("task_canceled", Decide(retrying, 2, ArtifactUse.Open, Given)!.Code);
        Assert.Null(TaskArtifacts.Decide(retrying, new ArtifactRequest(2, 2, ArtifactUse.Open, Given), Options).Failure);
    }

    [Fact]
    public void Open_Twice_IsRecordedOnce()
    {
        var (first, _) = TaskArtifacts.Decide(Task, new ArtifactRequest(2, 1, ArtifactUse.Open, Given), Options);
        var (second, _) = TaskArtifacts.Decide(Fold(Task, first!), new ArtifactRequest(2, 1, ArtifactUse.Open, Given), Options);

        Assert.Equal(new StepOpened(2, Given), first);
        Assert.Null(second);
    }

    [Fact]
    public void Make_MoreThanATaskMay_IsRefused()
    {
        var one = new ArtifactOptions { MaxMadeFiles = 1 };
        var task = Fold(Task, new StepMade(2, Made));

        Assert.Equal(
            "too_many_artifacts", TaskArtifacts.Decide(task, new ArtifactRequest(3, 1, ArtifactUse.Make, Guid.Empty), one).Failure!.Code);
        Assert.Null(TaskArtifacts.Decide(task, new ArtifactRequest(2, 1, ArtifactUse.Made, Made), one).Failure);
    }

    [Fact]
    public void Named_OfATask_AreThoseInItsAnswers()
    {
        var task = Fold(
            Task, new StepMade(2, Made), new StepMade(2, Foreign), new StepCompleted(2, 1, Start, Start, 1) { Content = Json(Made) });

        Assert.Equal([Made], TaskArtifacts.Named(task));
        Assert.Equal(new[] { Given, Made, Foreign }.Order(), TaskArtifacts.Of(task).Order());
    }

    private static StepFailure? Decide(TaskRecord task, int step, ArtifactUse use, Guid id) =>
        TaskArtifacts.Decide(task, new ArtifactRequest(step, 1, use, id), Options).Failure;

    private static StepRequested Call(int id, int parent, Payload input) =>
        new(id, parent, $"{id}", "a/b", "1", 1, true, null, 1) { Content = input };

    private static Payload Json(Guid id) => Payload.Of($$"""{"deep":[{"file":"{{ArtifactReference.Of(id)}}"}]}""");
}
