using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;

namespace Orkestron.Domain.Execution;

/// <summary>What the log of an agent says of a run. Pure.</summary>
internal static class RunLogRules
{
    private const int MaxCode = 60;

    /// <param name="number">The run's number in the log.</param>
    /// <param name="work">What was run; null when an earlier activation of the agent began it.</param>
    /// <param name="agreed">The version that the task agreed to.</param>
    /// <param name="end">How the run ended.</param>
    /// <param name="since">Since when it waited before; null when that is not known.</param>
    /// <param name="lost">How many runs of the attempt were lost or given back before.</param>
    /// <param name="own">Whether the provider's owner paid for it.</param>
    /// <param name="feeBasisPoints">The platform's fee, in hundredths of a percent.</param>
    public static LoggedRun Entry(
        long number,
        WorkItem? work,
        AgentManifest agreed,
        StepEnd end,
        DateTimeOffset? since,
        int lost,
        bool own,
        int feeBasisPoints) => new(
            number,
            agreed.Version,
            end.StartedAt,
            Milliseconds(end.StartedAt, end.EndedAt),
            since is { } from ? Milliseconds(from, end.StartedAt) : null,
            Outcome(end.Failure),
            end.Attempt + lost,
            end.Failure is not null ? 0 : work is null ? null : Earned(agreed.Price.QuoteMicro(work.Input.Length), feeBasisPoints),
            work?.Input.Length,
            end.Output?.Length,
            agreed.Transport)
        {
            Own = own,
            InputError = FailureCause.IsUsers(end.Failure, agreed.Transport),
        };

    private static long Milliseconds(DateTimeOffset from, DateTimeOffset to) => Math.Max(0, (long)(to - from).TotalMilliseconds);

    private static string Outcome(StepFailure? failure) => failure is not { Code: var code }
        ? LoggedRun.Succeeded
        : code.Length <= MaxCode ? code : code[..MaxCode];

    private static long Earned(long priceMicro, int feeBasisPoints) =>
        priceMicro - TaskSettlement.FeeMicro(priceMicro, feeBasisPoints);
}
