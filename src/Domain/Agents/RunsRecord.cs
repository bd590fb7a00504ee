
namespace Orkestron.Domain.Agents;

/// <summary>An agent's log of runs and its figures: a state of its own, since the task path never waits for it.</summary>
[GenerateSerializer, Alias("orkestron.runs-record")]
internal sealed class RunsRecord
{
    /// <summary>The number of the newest run.</summary>
    [Id(0)]
    public long Last { get; set; }

    /// <summary>The recent runs, oldest first.</summary>
    [Id(1)]
    public List<LoggedRun> Runs { get; set; } = [];

    /// <summary>Figures by the hour, and by the day beyond two days.</summary>
    [Id(2)]
    public List<RunBucket> Buckets { get; set; } = [];

    public void Add(LoggedRun run, AgentOptions limits)
    {
        Last = run.Number;
        Runs.Add(run);
        Runs.RemoveRange(0, Math.Max(0, Runs.Count - limits.MaxLoggedRuns));
        RunBuckets.Add(Buckets, run, limits.MaxFigures);
    }

    /// <summary>Takes over the log from the record that this one takes the place of, unless another activation has logged more.</summary>
    public void TakeFrom(RunsRecord before)
    {
        if (before.Last >= Last)
        {
            (Last, Runs, Buckets) = (before.Last, before.Runs, before.Buckets);
        }
    }

    /// <summary>A page of the log, newest first.</summary>
    public RunPage Page(RunQuery query)
    {
        var limit = Math.Clamp(query.Limit, 1, 100);
        var found = Runs.AsEnumerable().Reverse()
            .Where(run => query.Before is not { } before || run.Number < before)
            .Where(run => query.Version is null || run.Version == query.Version)
            .Where(run => query.Outcome is null || run.Outcome == query.Outcome
                || (query.Outcome == RunQuery.AnyFailure && run.Outcome != LoggedRun.Succeeded))
            .Take(limit + 1).ToArray();
        return new RunPage([.. found.Take(limit)], found.Length > limit ? found[limit - 1].Number : null);
    }
}

/// <summary>Figures of one version in one hour or day.</summary>
[GenerateSerializer, Alias("orkestron.run-bucket")]
internal sealed class RunBucket
{
    [Id(0)]
    public DateTimeOffset From { get; set; }

    /// <summary>1 or 24.</summary>
    [Id(1)]
    public int Hours { get; set; } = 1;

    [Id(2)]
    public string Version { get; set; } = "";

    [Id(3)]
    public long Succeeded { get; set; }

    [Id(4)]
    public long EarnedMicro { get; set; }

    [Id(5)]
    public Dictionary<string, long> Failures { get; set; } = [];

    /// <summary>How long runs worked: counts by <see cref="Histogram"/>.</summary>
    [Id(6)]
    public long[] Work { get; set; } = [];

    /// <summary>How long they waited before.</summary>
    [Id(7)]
    public long[] Wait { get; set; } = [];

    /// <summary>Runs that the provider's owner paid for.</summary>
    [Id(62)]
    public long OwnRuns { get; set; }

    /// <summary>Runs whose input, or its owner, was the cause that there was no answer.</summary>
    [Id(60)]
    public long InputErrors { get; set; }

    public DateTimeOffset To => From.AddHours(Hours);
}
