using System.IO.Hashing;
using System.Text;

namespace Orkestron.Domain.Agents;

/// <summary>What a candidate version may be, and which tasks get it. Pure.</summary>
internal static class RolloutRules
{
    /// <summary>
    /// Whether a task gets the candidate. The same task always does; a larger share keeps the tasks of a smaller one; each
    /// candidate gets other tasks, so that no task gets all candidates.
    /// </summary>
    public static bool Picks(Guid taskId, string candidate, int share)
    {
        if (share <= 0)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[256];
        taskId.TryWriteBytes(bytes);
        var name = candidate.AsSpan(0, Math.Min(candidate.Length, 60));
        var length = 16 + Encoding.UTF8.GetBytes(name, bytes[16..]);
        return XxHash3.HashToUInt64(bytes[..length]) % 100 < (ulong)share;
    }

    /// <summary>The version that a task gets: the same each time.</summary>
    /// <param name="taskId">The task; null for none, which gets the current one.</param>
    /// <param name="current">The version for all but a share of tasks.</param>
    /// <param name="candidate">The version for that share; null for none.</param>
    /// <param name="share">Percent of the tasks.</param>
    public static AgentManifest Choose(Guid? taskId, AgentManifest current, AgentManifest? candidate, int share) =>
        taskId is { } id && candidate is not null && Picks(id, candidate.Version, share) ? candidate : current;

    /// <summary>Why a release cannot be a candidate, or null: also when it is to be none.</summary>
    /// <param name="current">The version for all but a share of tasks; null before the first one.</param>
    /// <param name="release">The release.</param>
    public static Refusal? RefuseRelease(AgentManifest? current, AgentRelease release) => release.CandidateShare is not { } share
        ? null
        : current is not null
            ? RefuseCandidate(current, release.Manifest, share)
            : Refuse.With(RefusalCode.Invalid, "The first version of an agent is its current one: leave 'candidateShare' out.");

    /// <summary>
    /// Why a version cannot stand in for the current one, or null. Who sees the agent sees the current version's schemas,
    /// price and place: a candidate keeps to them, so that what people get, pay and share is what they were shown.
    /// </summary>
    public static Refusal? RefuseCandidate(AgentManifest current, AgentManifest candidate, int share)
    {
        var wrong = share is < 0 or > AgentRollout.MaxShare
            ? $"its share is 0 to {AgentRollout.MaxShare} percent"
            : candidate.Version == current.Version ? "it is another version than the current one"
            : !candidate.InputSchema.SameAs(current.InputSchema) ? "it takes the same input"
            : !candidate.OutputSchema.SameAs(current.OutputSchema) ? "it gives the same output"
            : candidate.MaxInputBytes < current.MaxInputBytes ? $"it takes inputs of {current.MaxInputBytes:N0} bytes, too"
            : candidate.Kind != current.Kind ? $"it is of the same kind, {current.Kind}"
            : candidate.Country != current.Country ? $"it processes data in {current.Country}, too"
            : candidate.Recipient != current.Recipient ? "it sends its input to the same recipient"
            : candidate.Price.PerCallMicro > current.Price.PerCallMicro
                || candidate.Price.PerThousandMicro > current.Price.PerThousandMicro
                || candidate.Price.CallBudgetMicro > current.Price.CallBudgetMicro ? "it costs at most what that one costs"
            : null;
        return wrong is null
            ? null
            : Refuse.With(
                RefusalCode.Invalid,
                $"A candidate beside {current.Version} of {current.Key} is given to people who were shown that one: {wrong}. "
                + "Otherwise publish it as the current version.");
    }
}
