using CsCheck;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Wallets;
using static Orkestron.Grains.Tests.Tasks.TaskStories;

namespace Orkestron.Grains.Tests.Tasks;

public sealed class TaskSettlementTests
{
    [Fact]
    public void Shares_CompletedStep_SplitsIntoProviderAndFee()
    {
        var task = Submitted(price: 1_001);
        task = Fold(task, [.. StepEndRules.EndStep(task, Answer(), Start, new TaskOptions())]);

        var shares = TaskSettlement.Shares(task, feeBasisPoints: 1_000);

        Assert.Equal([new Share(Accounts.Payable("orkestron"), 901), new Share(Accounts.Fees, 100)], shares);
    }

    [Fact]
    public void Shares_FeeRecordedAtSubmission_IsTaken()
    {
        var submission = (TaskSubmitted)Submission(price: 1_000)[0] with { FeeBasisPoints = 500 };
        var task = Fold(TaskRecord.None, submission, Submission(price: 1_000)[1]);
        task = Fold(task, [.. StepEndRules.EndStep(task, Answer(), Start, new TaskOptions())]);

        Assert.Equal(
            [new Share(Accounts.Payable("orkestron"), 950), new Share(Accounts.Fees, 50)],
            TaskSettlement.Shares(task, feeBasisPoints: 9_000));
    }

    [Fact]
    public void Shares_NothingCompleted_PayNobody() =>
        Assert.Empty(TaskSettlement.Shares(Fold(Submitted(), new TaskCanceled()), 1_000));

    [Fact]
    public void Shares_AnyStepsAndFee_AreExactlyWhatTheStepsCost() =>
        Gen.Select(Gen.Long[0, 1_000_000_000_000].Array[1, 40], Gen.Int[0, 10_000], Gen.Int[1, 5]).Sample((costs, fee, providers) =>
        {
            var task = Submitted();
            for (var i = 0; i < costs.Length; i++)
            {
                var id = i + 2;
                task = Fold(
                    task,
                    new StepRequested(id, 1, $"{i}", $"p{i % providers}/a", "1", costs[i], true) { Content = Payload.EmptyObject },
                    new StepCompleted(id, 1, Start, Start, costs[i]));
            }

            var shares = TaskSettlement.Shares(task, fee);

            Assert.Equal(costs.Sum(), shares.Sum(share => share.AmountMicro));
            Assert.All(shares, share => Assert.True(share.AmountMicro > 0));
            Assert.Equal(shares.Length, shares.Select(share => share.Account).Distinct().Count());
        });
}
