using System.Collections.Immutable;
using Orkestron.GrainInterfaces.Wallets;

namespace Orkestron.Grains.Tasks;

/// <summary>Who gets what of a task's hold. Pure.</summary>
internal static class TaskSettlement
{
    /// <summary>
    /// A share for each provider of completed steps and one for the platform. The fee of a step is rounded down to a
    /// micro-token, so that the shares are exactly what the steps cost.
    /// </summary>
    public static ImmutableArray<Share> Shares(TaskRecord task, int feeBasisPoints)
    {
        var payable = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var fees = 0L;
        foreach (var step in task.Steps)
        {
            if (step.CostMicro == 0)
            {
                continue;
            }

            var fee = FeeMicro(step.CostMicro, feeBasisPoints);
            fees = checked(fees + fee);
            var provider = step.Request.Agent[..step.Request.Agent.IndexOf('/', StringComparison.Ordinal)];
            var account = Accounts.Payable(provider);
            payable[account] = checked(payable.GetValueOrDefault(account) + step.CostMicro - fee);
        }

        var shares = payable.Where(static pair => pair.Value > 0).Select(static pair => new Share(pair.Key, pair.Value));
        return fees > 0 ? [.. shares, new Share(Accounts.Fees, fees)] : [.. shares];
    }

    /// <summary>The platform's part of what a step costs.</summary>
    public static long FeeMicro(long costMicro, int feeBasisPoints) => (long)((Int128)costMicro * feeBasisPoints / 10_000);
}
