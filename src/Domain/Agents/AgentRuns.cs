using System.Collections.Immutable;

namespace Orkestron.Domain.Agents;

/// <summary>
/// A run in an agent's log. It says nothing of the task, its owner or what was said: the number only counts the agent's runs.
/// </summary>
/// <param name="Number">1 for the agent's first run.</param>
/// <param name="Version">The version that its task agreed to.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Milliseconds">How long it worked.</param>
/// <param name="WaitMilliseconds">How long it waited before; null when that is not known.</param>
/// <param name="Outcome"><see cref="Succeeded"/>, or the failure's code.</param>
/// <param name="Attempt">Which try of its step, from 1.</param>
/// <param name="EarnedMicro">
/// The price less the platform's fee when it answered, 0 when it did not; null when the input's size is not known.
/// </param>
/// <param name="InputBytes">The input's size; null when that is not known.</param>
/// <param name="OutputBytes">The answer's size; null when there was none.</param>
/// <param name="Transport">How the agent was reached: one of <see cref="AgentTransports"/>.</param>
[GenerateSerializer, Immutable, Alias("orkestron.logged-run")]
public sealed record LoggedRun(
    [property: Id(0)] long Number,
    [property: Id(1)] string Version,
    [property: Id(2)] DateTimeOffset StartedAt,
    [property: Id(3)] long Milliseconds,
    [property: Id(4)] long? WaitMilliseconds,
    [property: Id(5)] string Outcome,
    [property: Id(6)] int Attempt,
    [property: Id(7)] long? EarnedMicro,
    [property: Id(8)] int? InputBytes,
    [property: Id(9)] int? OutputBytes,
    [property: Id(10)] string Transport)
{
    /// <summary>Whether the provider's owner paid for it: it does not count publicly.</summary>
    [Id(62)]
    public bool Own { get; init; }

    /// <summary>Whether the input, or its owner, was the cause that there was no answer.</summary>
    [Id(60)]
    public bool InputError { get; init; }

    /// <summary>The outcome of a run that answered.</summary>
    public const string Succeeded = "succeeded";
}

/// <summary>Which runs, newest first.</summary>
/// <param name="Before">Only runs of smaller numbers; null from the newest on.</param>
/// <param name="Limit">At most this many, 1 to 100.</param>
/// <param name="Outcome">Exactly this outcome, or null; <see cref="AnyFailure"/> for all that failed.</param>
/// <param name="Version">Exactly this version, or null.</param>
[GenerateSerializer, Immutable, Alias("orkestron.run-query")]
public sealed record RunQuery(
    [property: Id(0)] long? Before, [property: Id(1)] int Limit, [property: Id(2)] string? Outcome, [property: Id(3)] string? Version)
{
    /// <summary>Any outcome but success.</summary>
    public const string AnyFailure = "failed";
}

/// <summary>Runs, newest first.</summary>
/// <param name="Items">The runs.</param>
/// <param name="Next">The <see cref="RunQuery.Before"/> of the next page; null at the end.</param>
[GenerateSerializer, Immutable, Alias("orkestron.run-page")]
public sealed record RunPage([property: Id(0)] ImmutableArray<LoggedRun> Items, [property: Id(1)] long? Next);

/// <summary>An agent's figures over a time.</summary>
/// <param name="From">Since when: figures are kept by the hour, and by the day beyond two days.</param>
/// <param name="To">Until when.</param>
/// <param name="All">All versions together.</param>
/// <param name="Versions">Each version that ran.</param>
[GenerateSerializer, Immutable, Alias("orkestron.agent-metrics")]
public sealed record AgentMetrics(
    [property: Id(0)] DateTimeOffset From,
    [property: Id(1)] DateTimeOffset To,
    [property: Id(2)] RunFigures All,
    [property: Id(3)] ImmutableArray<RunFigures> Versions);

/// <summary>Figures of runs. Percentiles are read off a histogram: within a tenth to two of a decade.</summary>
/// <param name="Version">The version; null for all.</param>
/// <param name="Runs">Runs that ended.</param>
/// <param name="Succeeded">Those that answered.</param>
/// <param name="Failures">How many failed with which code, most first.</param>
/// <param name="P50Milliseconds">Median of the work; null without a run.</param>
/// <param name="P95Milliseconds">95th percentile of the same.</param>
/// <param name="WaitP50Milliseconds">Median of the wait before it; null without one that is known.</param>
/// <param name="WaitP95Milliseconds">95th percentile of the same.</param>
/// <param name="EarnedMicro">What the runs earned.</param>
[GenerateSerializer, Immutable, Alias("orkestron.run-figures")]
public sealed record RunFigures(
    [property: Id(0)] string? Version,
    [property: Id(1)] long Runs,
    [property: Id(2)] long Succeeded,
    [property: Id(3)] ImmutableArray<FailureCount> Failures,
    [property: Id(4)] long? P50Milliseconds,
    [property: Id(5)] long? P95Milliseconds,
    [property: Id(6)] long? WaitP50Milliseconds,
    [property: Id(7)] long? WaitP95Milliseconds,
    [property: Id(8)] long EarnedMicro)
{
    /// <summary>Those of the runs that the provider's owner paid for.</summary>
    [Id(62)]
    public long OwnRuns { get; init; }

    /// <summary>Runs whose input, or its owner, was the cause that there was no answer.</summary>
    [Id(60)]
    public long InputErrors { get; init; }
}

/// <summary>How often runs failed with a code.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.failure-count")]
public sealed record FailureCount([property: Id(0)] string Code, [property: Id(1)] long Count);

/// <summary>What an agent may be expected to earn, after the platform's fee.</summary>
/// <param name="RunsPerDay">Runs a day that were reckoned with.</param>
/// <param name="InputBytes">The input's size that was reckoned with.</param>
/// <param name="FromRecentRuns">Whether one of these two, or the share that succeeds, is taken from recent runs.</param>
/// <param name="Current">The current version, with the runs that the candidate does not get.</param>
/// <param name="Candidate">The candidate with its share of the runs; null when there is none.</param>
/// <param name="DayMicro">Both together a day.</param>
/// <param name="MonthMicro">Both together in 30 days.</param>
[GenerateSerializer, Immutable, Alias("orkestron.agent-earnings")]
public sealed record AgentEarnings(
    [property: Id(0)] double RunsPerDay,
    [property: Id(1)] int InputBytes,
    [property: Id(2)] bool FromRecentRuns,
    [property: Id(3)] VersionEarnings Current,
    [property: Id(4)] VersionEarnings? Candidate,
    [property: Id(5)] long DayMicro,
    [property: Id(6)] long MonthMicro);

/// <summary>What a version may be expected to earn.</summary>
/// <param name="Version">The version.</param>
/// <param name="RunsPerDay">Its runs a day.</param>
/// <param name="SuccessRate">The part of them that answers, and so is paid; 0 to 1.</param>
/// <param name="RunMicro">The price of a run.</param>
/// <param name="DayMicro">Expected a day.</param>
/// <param name="MonthMicro">Expected in 30 days.</param>
[GenerateSerializer, Immutable, Alias("orkestron.version-earnings")]
public sealed record VersionEarnings(
    [property: Id(0)] string Version,
    [property: Id(1)] double RunsPerDay,
    [property: Id(2)] double SuccessRate,
    [property: Id(3)] long RunMicro,
    [property: Id(4)] long DayMicro,
    [property: Id(5)] long MonthMicro);
