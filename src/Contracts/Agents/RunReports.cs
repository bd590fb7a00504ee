namespace Orkestron.Contracts.Agents;

/// <summary>A run in an agent's log. It says nothing of whose task it was or what was said.</summary>
/// <param name="Id">Counts the agent's runs.</param>
/// <param name="Version">The version that its task agreed to.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Milliseconds">How long it worked.</param>
/// <param name="WaitMilliseconds">How long it waited before; null when that is not known.</param>
/// <param name="Outcome"><c>succeeded</c>, or the failure's code.</param>
/// <param name="Attempt">Which try of its step, from 1.</param>
/// <param name="Earned">The price less the platform's fee when it answered, 0 when it did not; null when that is not known.</param>
/// <param name="InputBytes">The input's size; null when that is not known.</param>
/// <param name="OutputBytes">The answer's size; null when there was none.</param>
/// <param name="Transport"><c>provider</c>, <c>http</c>, <c>plan</c> or <c>built-in</c>.</param>
public sealed record AgentRunListing(
    string Id,
    string Version,
    DateTimeOffset StartedAt,
    long Milliseconds,
    long? WaitMilliseconds,
    string Outcome,
    int Attempt,
    Tokens? Earned,
    int? InputBytes,
    int? OutputBytes,
    string Transport)
{
    /// <summary>Whether you ran it yourself: it does not count in the agent's public figures.</summary>
    public bool Own { get; init; }

    /// <summary>Whether the input, or its owner, was the cause that there was no answer.</summary>
    public bool InputError { get; init; }
}

/// <summary>An agent's figures over a time.</summary>
/// <param name="From">Since when: figures are kept by the hour, and by the day beyond two days.</param>
/// <param name="To">Until when.</param>
/// <param name="All">All versions together.</param>
/// <param name="Versions">Each version that ran.</param>
public sealed record AgentMetricsReport(
    DateTimeOffset From, DateTimeOffset To, RunMetrics All, IReadOnlyList<RunMetrics> Versions);

/// <summary>Figures of runs.</summary>
/// <param name="Version">The version; null for all.</param>
/// <param name="Runs">Runs that ended.</param>
/// <param name="Succeeded">Those that answered.</param>
/// <param name="Failures">How many failed, by code.</param>
/// <param name="P50Milliseconds">Median of the work: exact while the log has all the runs, read off a histogram beyond; null
/// without a run.</param>
/// <param name="P95Milliseconds">95th percentile of the same.</param>
/// <param name="WaitP50Milliseconds">Median of the wait before it; null without one that is known.</param>
/// <param name="WaitP95Milliseconds">95th percentile of the same.</param>
/// <param name="Earned">What the runs earned.</param>
public sealed record RunMetrics(
    string? Version,
    long Runs,
    long Succeeded,
    IReadOnlyDictionary<string, long> Failures,
    long? P50Milliseconds,
    long? P95Milliseconds,
    long? WaitP50Milliseconds,
    long? WaitP95Milliseconds,
    Tokens Earned)
{
    /// <summary>Those of the runs that were your own: they do not count in the agent's public figures.</summary>
    public long OwnRuns { get; init; }

    /// <summary>Runs whose input, or its owner, was the cause that there was no answer: no fault of the agent's.</summary>
    public long InputErrors { get; init; }
}

/// <summary>What an agent may be expected to earn, after the platform's fee.</summary>
/// <param name="RunsPerDay">Runs a day that were reckoned with.</param>
/// <param name="InputBytes">The input's size that was reckoned with.</param>
/// <param name="FromRecentRuns">Whether there were runs in the last 7 days to learn from.</param>
/// <param name="Current">The current version, with the runs that the candidate does not get.</param>
/// <param name="Candidate">The candidate with its share of the runs; null when there is none.</param>
/// <param name="PerDay">Both together a day.</param>
/// <param name="PerMonth">Both together in 30 days.</param>
public sealed record EarningsPreview(
    double RunsPerDay,
    int InputBytes,
    bool FromRecentRuns,
    ExpectedEarnings Current,
    ExpectedEarnings? Candidate,
    Tokens PerDay,
    Tokens PerMonth);

/// <summary>What a version may be expected to earn.</summary>
/// <param name="Version">The version.</param>
/// <param name="RunsPerDay">Its runs a day.</param>
/// <param name="SuccessRate">The part of them that answers, and so is paid; 0 to 1.</param>
/// <param name="PerRun">The price of a run.</param>
/// <param name="PerDay">Expected a day.</param>
/// <param name="PerMonth">Expected in 30 days.</param>
public sealed record ExpectedEarnings(
    string Version, double RunsPerDay, double SuccessRate, Tokens PerRun, Tokens PerDay, Tokens PerMonth);
