using System.Collections.Immutable;
using Orkestron.Domain.Wallets;

namespace Orkestron.Domain.Tasks;

/// <summary>Who gets what of a task's hold. Pure.</summary>
internal static class TaskSettlement
{
    /// <summary>
    /// A share for each provider of completed steps and one for the platform. The fee of a step is rounded down to a
    /// micro-token, so that the shares are exactly what the steps cost.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="feeBasisPoints">The fee where the task has recorded none, in hundredths of a percent.</param>
    public static ImmutableArray<Share> Shares(TaskRecord task, int feeBasisPoints)
    {
        var fee = task.Submission!.FeeBasisPoints ?? feeBasisPoints;
        var payable = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var fees = 0L;
        foreach (var step in task.Steps)
        {
            if (step.CostMicro == 0)
            {
                continue;
            }

            var part = FeeMicro(step.CostMicro, fee);
            fees = checked(fees + part);
            var provider = step.Request.Agent[..step.Request.Agent.IndexOf('/', StringComparison.Ordinal)];
            var account = Accounts.Payable(provider);
            payable[account] = checked(payable.GetValueOrDefault(account) + step.CostMicro - part);
        }

        var shares = payable.Where(static pair => pair.Value > 0).Select(static pair => new Share(pair.Key, pair.Value));
        return fees > 0 ? [.. shares, new Share(Accounts.Fees, fees)] : [.. shares];
    }

    /// <summary>That the hold is resolved by paying these shares.</summary>
    public static TaskSettled Settled(TaskRecord task, ImmutableArray<Share> shares, Guid entryId)
    {
        var charged = shares.Sum(static share => share.AmountMicro);
        return new(charged, task.Submission!.HeldMicro - charged, entryId);
    }

    /// <summary>Whether an entry of the payer's wallet paid as much as these shares, however it was split.</summary>
    public static bool Paid(EntryView entry, Guid payer, ImmutableArray<Share> shares) =>
        entry.Postings.Any(posting => posting.Account == Accounts.Held(payer) && posting.AmountMicro < 0)
        && entry.Postings
            .Where(posting => posting.Account != Accounts.Held(payer) && posting.Account != Accounts.Available(payer))
            .Sum(static posting => posting.AmountMicro) == shares.Sum(static share => share.AmountMicro);

    /// <summary>The platform's part of what a step costs.</summary>
    public static long FeeMicro(long costMicro, int feeBasisPoints) => (long)((Int128)costMicro * feeBasisPoints / 10_000);
}
