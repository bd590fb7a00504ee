using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Tests.Tasks;
using static Orkestron.Grains.Tests.Tasks.TaskStories;

namespace Orkestron.Grains.Tests.Orchestration;

/// <summary>Whatever cuts a plan short: what it has done is undone before the task ends.</summary>
public sealed class UndoRulesTests
{
    private static readonly TaskOptions Options = new();

    [Fact]
    public void Cancel_OfAPlanThatHasDoneSomething_UndoesItFirst()
    {
        var facts = TaskEndRules.Cancel(Plan(), Start, Options);

        Assert.Equal(
            [new StepUndoing(1, 2, "task_canceled"), new StepCanceled(3), new TaskUndoing("task_canceled", Start.AddHours(1))],
            facts.Select(static fact => fact with { Content = null }));
        var undoing = Fold(Plan(), [.. facts]);
        Assert.True(undoing.Step(1)!.IsDue(Start));
        Assert.Empty(TaskEndRules.Cancel(undoing, Start, Options));
        // What ran before is of no interest; what runs now may only undo.
        Assert.Empty(StepEndRules.EndStep(undoing, Ended(attempt: 1, own: true), Start, Options));
        Assert.Equal("task_canceled", UndoRules.Refuse(undoing.Step(1)!, "2")?.Code);
        Assert.Null(UndoRules.Refuse(undoing.Step(1)!, "undo.0.0"));

        var ends = StepEndRules.EndStep(undoing, Ended(attempt: 2, own: true, "Cancelled by you. Undone: book."), Start, Options);

        var ended = Fold(undoing, [.. ends]);
        Assert.Equal((TaskState.Canceled, 10), (ended.State, ended.CostMicro));
        Assert.Equal("Cancelled by you. Undone: book.", TaskViews.TextOf(ended.FailureMessage));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Cancel_WithNothingToUndo_OrWhereItStays_EndsAtOnce(bool undoable, bool stays)
    {
        var task = Plan(undoable, stays);

        Assert.IsType<TaskCanceled>(Assert.Single(TaskEndRules.Cancel(task, Start, Options)));
        Assert.Equal(undoable, TaskEndRules.Expire(task, Start.AddHours(1), Options).Any(static fact => fact is TaskUndoing));
    }

    [Fact]
    public void Deadline_UndoesFirst_AndIsGivenUpWhenThatTakesTooLong()
    {
        var undoing = Fold(Plan(), [.. TaskEndRules.Expire(Plan(), Start.AddMinutes(30), Options)]);
        Assert.Empty(TaskEndRules.Expire(undoing, Start.AddMinutes(31), Options));

        var done = StepEndRules.EndStep(undoing, Ended(2, own: false, output: """{"message":"Undone: book."}"""), Start, Options);
        var late = TaskEndRules.Expire(undoing, Start.AddMinutes(91), Options);

        Assert.Equal(
            "The deadline passed before the task ended. Undone: book.", TaskViews.TextOf(Assert.IsType<TaskFailed>(done[^1]).Content));
        Assert.Equal("deadline_passed", Assert.IsType<TaskFailed>(Assert.Single(late)).Code);
    }

    [Theory]
    [InlineData("timeout", false, true)]
    [InlineData("output_invalid", false, true)]
    [InlineData("timeout", true, false)]
    public void Failure_ThatIsNotThePlansOwn_IsUndone(string code, bool own, bool undone)
    {
        var facts = StepEndRules.EndStep(
            Plan(),
            Ended(1, own) with { Failure = new StepFailure(code, "It took too long.", false, false, null) },
            Start,
            Options);

        Assert.Equal(undone, facts[0] is StepUndoing);
        Assert.Equal(!undone, facts[^1] is TaskFailed);
        if (undone)
        {
            var ends = StepEndRules.EndStep(Fold(Plan(), [.. facts]), Ended(2, own: false, "Again."), Start, Options);
            Assert.Equal(
                (code, "It took too long. Undoing what was done failed: Again."),
                (Assert.IsType<TaskFailed>(ends[^1]).Code, TaskViews.TextOf(ends[^1].Content)));
        }
    }

    [Fact]
    public void Calls_KeepFreeWhatUndoingThemCosts()
    {
        // Held 1,000: the plan costs 100, book 10 and its undoing 500.
        var task = Plan();

        Assert.Equal(1_000 - 100 - 10 - 500 - 10, BudgetTree.RestMicro(task, task.Step(1)!));
        Assert.Equal(1_000 - 100 - 10 - 10, BudgetTree.RestMicro(task, task.Step(1)!, undoes: true));
        Assert.Equal("budget_exhausted", BudgetTree.Lease(task, task.Step(1)!, 381, 0, null).Failure?.Code);
        Assert.Equal("budget_exhausted", BudgetTree.Lease(task, task.Step(1)!, 300, 0, null, undoMicro: 81).Failure?.Code);
        Assert.Equal(880, BudgetTree.Lease(task, task.Step(1)!, 300, 5_000, null, undoes: true).LeaseMicro);
    }

    [Fact]
    public void Plans_WithinACall_AreUndoneTheLastFirst()
    {
        var task = Fold(
            Submitted(held: 10_000),
            Asked(2, 1, "0"),
            Asked(3, 2, "0"), Asked(4, 3, "0", undo: 5), Done(4), Done(3),
            Asked(5, 2, "1"), Asked(6, 5, "0", undo: 5), Done(6), Done(5),
            Done(2));

        Assert.Equal([5, 3], UndoRules.Plans(task, task.Step(2)!).Select(static plan => plan.Id));
        Assert.True(UndoRules.IsUndoable(task, task.Step(2)!));
        Assert.True(UndoRules.HasDone(task, task.Step(1)!, canceled: true));
        Assert.False(UndoRules.IsUndoable(task, task.Step(4)!));
    }

    [Fact]
    public void Record_OfWhatWasUndone_IsNotTakenOverByALaterRun()
    {
        var task = Fold(Plan(), Asked(4, 1, "undo.0.0", undoes: "0"), Done(4));

        Assert.Null(Replay.At(task, 1, "0").Call);
        Assert.NotNull(Replay.At(Plan(), 1, "0").Call);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Reservation_IsUndoneOnCancel_UnlessWhatWasDoneStays(bool stays, bool undone)
    {
        var task = Fold(Submitted(), Asked(2, 1, "0"), Done(2), new StepReserved(1, "reserve.0", 0, stays ? true : null));

        Assert.Equal(undone, TaskEndRules.Cancel(task, Start, Options).Any(static fact => fact is StepUndoing));
        Assert.Contains(TaskEndRules.Expire(task, Start.AddHours(1), Options), static fact => fact is StepUndoing);
    }

    [Fact]
    public void Reservation_KeepsMoneyFree_OnceUnderItsPlace()
    {
        // Held 1,000, of which the plan costs 100.
        var task = Submitted();
        var command = new UndoReservation(1, "reserve.0", ["a/b"], false, 1);

        var fact = UndoRules.Reserve(task, command, 600, Options).Fact!;
        var reserved = Fold(task, fact);

        Assert.Equal(300, BudgetTree.RestMicro(reserved, reserved.Step(1)!));
        Assert.Equal(900, BudgetTree.RestMicro(reserved, reserved.Step(1)!, undoes: true));
        Assert.Equal((null, null), UndoRules.Reserve(reserved, command, 0, Options));
        Assert.Equal("budget_exhausted", UndoRules.Reserve(reserved, command with { Key = "reserve.1" }, 301, Options).Failure?.Code);
        Assert.Equal("budget_exhausted", BudgetTree.Lease(reserved, reserved.Step(1)!, 301, 0, null).Failure?.Code);
        Assert.Equal(
            "task_canceled", UndoRules.Reserve(reserved, command with { Key = "reserve.1", Attempt = 7 }, 0, Options).Failure?.Code);
        Assert.Equal("invalid", UndoRules.Reserve(reserved, command with { Key = "A" }, 0, Options).Failure?.Code);
        var undoing = Fold(reserved, [.. TaskEndRules.Cancel(reserved, Start, Options)]);
        Assert.Equal(
            "task_canceled", UndoRules.Reserve(undoing, command with { Key = "reserve.1", Attempt = 2 }, 0, Options).Failure?.Code);
    }

    [Fact]
    public void Reservation_OfAPlanWithinACall_IsFoundAndKept()
    {
        var task = Fold(Submitted(held: 10_000), Asked(2, 1, "0"), new StepReserved(2, "reserve.0", 70), Done(2));

        Assert.Equal([2], UndoRules.Plans(task, task.Step(2)!).Select(static plan => plan.Id));
        Assert.True(UndoRules.IsUndoable(task, task.Step(2)!));
        Assert.Equal(10_000 - 100 - 10 - 70, BudgetTree.RestMicro(task, task.Step(1)!));
    }

    /// <summary>A plan that has booked, which can be undone, and works on something else.</summary>
    private static TaskRecord Plan(bool undoable = true, bool stays = false) => Fold(
        Submitted(),
        Asked(2, 1, "0", undoable ? 500 : null, stays),
        Done(2),
        Asked(3, 1, "1"));

    private static StepRequested Asked(int id, int parent, string key, long? undo = null, bool stays = false, string? undoes = null) =>
        new(id, parent, key, "a/b", "1.0.0", 10, true, null, 10, null, null, undo, stays ? true : null, undoes)
        {
            Content = Payload.EmptyObject,
        };

    private static StepCompleted Done(int id) => new(id, 1, Start, Start.AddSeconds(id), 10) { Content = Payload.EmptyObject };

    private static StepEnd Ended(int attempt, bool own, string message = "Cancelled by you.", string? output = null) => new()
    {
        StepId = 1,
        Attempt = attempt,
        StartedAt = Start,
        EndedAt = Start,
        Output = output is null ? null : Payload.Of(output),
        Failure = output is null ? new StepFailure("task_canceled", message, false, false, null) : null,
        OwnFailure = own,
    };
}
