using CsCheck;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using static Orkestron.Grains.Tests.Tasks.TaskStories;

namespace Orkestron.Grains.Tests.Orchestration;

public sealed class BudgetTreeTests
{
    private static readonly TaskOptions Options = new();

    [Fact]
    public void Lease_WithoutABudget_IsThePriceAndWhatTheAgentDeclares()
    {
        var task = Submitted(price: 100, held: 1_000);

        Assert.Equal((150, null), BudgetTree.Lease(task, task.Step(1)!, 50, 100, null));
        // What is left is less than that: it is all there is.
        Assert.Equal((900, null), BudgetTree.Lease(task, task.Step(1)!, 50, 5_000, null));
    }

    [Fact]
    public void Lease_WithABudget_IsThatOrWhatIsLeft()
    {
        var task = Submitted(price: 100, held: 1_000);

        Assert.Equal((70, null), BudgetTree.Lease(task, task.Step(1)!, 50, 100, 70));
        Assert.Equal((900, null), BudgetTree.Lease(task, task.Step(1)!, 50, 100, 9_000));
    }

    [Theory]
    [InlineData(50, 49)]
    [InlineData(50, 0)]
    [InlineData(0, -1)]
    [InlineData(901, null)]
    [InlineData(901, 5_000)]
    public void Lease_ThatDoesNotCoverThePrice_IsExhausted(int price, int? budget)
    {
        var task = Submitted(price: 100, held: 1_000);

        var (_, failure) = BudgetTree.Lease(task, task.Step(1)!, price, 0, budget);

        Assert.Equal("budget_exhausted", failure!.Code);
    }

    [Fact]
    public void Rest_WhenACallEnds_HasWhatItDidNotSpend()
    {
        var task = Call(Submitted(price: 100, held: 1_000), 2, 1, price: 50, lease: 400);
        Assert.Equal(500, BudgetTree.RestMicro(task, task.Step(1)!));
        Assert.Equal(350, BudgetTree.RestMicro(task, task.Step(2)!));

        task = Call(task, 3, 2, price: 30, lease: 30);
        task = Fold(task, new StepCompleted(3, 1, Start, Start, 30), new StepCompleted(2, 1, Start, Start, 50));

        Assert.Equal(820, BudgetTree.RestMicro(task, task.Step(1)!));
        Assert.Equal(80, BudgetTree.CommittedMicro(task, task.Step(2)!));
    }

    [Fact]
    public void Rest_OfACallFromBeforeThereWereLeases_IsItsCallers()
    {
        var task = Fold(
            Submitted(price: 100, held: 1_000),
            new StepRequested(2, 1, "0", "a/b", "1", 50, true) { Content = Payload.EmptyObject });

        Assert.Equal(850, BudgetTree.RestMicro(task, task.Step(2)!));
        task = Fold(task, new StepRequested(3, 2, "0", "a/b", "1", 70, true) { Content = Payload.EmptyObject });
        Assert.Equal(780, BudgetTree.RestMicro(task, task.Step(1)!));
    }

    /// <summary>Random trees of calls that begin, end and fail in any order.</summary>
    [Fact]
    public void Calls_InAnyTree_SpendNoMoreThanTheirLeases() =>
        Gen.Select(Gen.Int[0, 2_000], Gen.Select(
                Gen.Int[0, 40], Gen.Int[0, 400], Gen.Int[0, 600], Gen.Int[0, 900], Gen.Int[0, 3]).Array[0, 60])
            .Sample((held, moves) => Play(Submitted(price: Math.Min(held, 100), held: held), moves), iter: 3_000);

    private static void Play(TaskRecord task, (int Step, int Price, int CallBudget, int Budget, int Move)[] moves)
    {
        foreach (var (at, price, callBudget, budget, move) in moves)
        {
            if (task.Step((at % task.Steps.Count) + 1) is not { Ended: false } step)
            {
                continue;
            }

            var before = task;
            if (move < 2 && CallRules.RefuseAnother(task, step, Options) is null)
            {
                var (lease, failure) = BudgetTree.Lease(task, step, price, callBudget, move == 0 ? null : budget);
                if (failure is null)
                {
                    task = Call(task, task.Steps.Count + 1, step.Id, price, lease);
                }
            }
            else if (step.Id > 1)
            {
                task = Fold(task, move == 2
                    ? new StepCompleted(step.Id, 1, Start, Start, step.Request.PriceMicro)
                    : new StepFailed(step.Id, 1, Start, Start, "code", false, null));
            }

            Check(task, before);
        }

        // However it ends: what is paid and what returns is the hold, to the last micro-token.
        task = Fold(task, new StepCompleted(1, 1, Start, Start, task.Step(1)!.Request.PriceMicro), new TaskCompleted());
        var charged = TaskSettlement.Shares(task, Options.FeeBasisPoints).Sum(static share => share.AmountMicro);
        Assert.Equal(task.CostMicro, charged);
        Assert.InRange(charged, 0, task.Submission!.HeldMicro);
    }

    private static void Check(TaskRecord task, TaskRecord before)
    {
        foreach (var step in task.Steps)
        {
            var lease = BudgetTree.LeaseMicro(task, step)!.Value;
            Assert.True(Spent(task, step) <= lease, $"Step {step.Id} spent {Spent(task, step)} of {lease}.");
            Assert.True(BudgetTree.RestMicro(task, step) >= 0, $"Step {step.Id} has given away more than it has.");
        }

        var open = task.Steps.Where(step => step.Id > 1 && !step.Ended && task.Step(step.Request.ParentId!.Value)!.Id == 1);
        Assert.True(open.Sum(step => step.Request.LeaseMicro!.Value) <= task.Submission!.HeldMicro);
        Assert.Equal(before.Submission!.HeldMicro, task.FreeMicro + task.Step(1)!.OwnMicro + task.Steps
            .Where(step => step.Request.ParentId == 1).Sum(step => BudgetTree.CommittedMicro(task, step)));
    }

    private static long Spent(TaskRecord task, StepRecord step) =>
        step.CostMicro + task.Steps.Where(child => child.Request.ParentId == step.Id).Sum(child => Spent(task, child));

    private static TaskRecord Call(TaskRecord task, int id, int parent, long price, long lease) => Fold(
        task,
        new StepRequested(id, parent, $"{id}", "a/b", "1", price, true, null, lease) { Content = Payload.EmptyObject });
}
