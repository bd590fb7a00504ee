using System.ComponentModel.DataAnnotations;

namespace Orkestron.Domain.Agents;

/// <summary>Limits and periods of agents. Section <c>Orkestron:Agents</c>.</summary>
public sealed class AgentOptions
{
    /// <value>Steps that may wait for one agent; more are refused and retried. The default is 10,000.</value>
    [Range(1, 1_000_000)]
    public int MaxQueued { get; set; } = 10_000;

    /// <value>
    /// The inputs of the steps that wait for one agent, in bytes together; one alone may be larger. More are refused and retried.
    /// The default is 256 MiB.
    /// </value>
    [Range(1_024, 17_179_869_184)]
    public long MaxQueuedBytes { get; set; } = 268_435_456;

    /// <value>
    /// Reports of a position in the queue that are sent at a time, to tasks that somebody watches; the rest follows. 0 sends none.
    /// The default is 50.
    /// </value>
    [Range(0, 1_000)]
    public int MaxTold { get; set; } = 50;

    /// <value>
    /// Reports that are sent at a time when the first process of a provider connects or the last one goes; the rest follows. 0
    /// sends none. The default is 1,000.
    /// </value>
    [Range(0, 100_000)]
    public int MaxPresenceNotices { get; set; } = 1_000;

    /// <value>The position of a waiting step is reported at most once in this time; the last one always is. The default is 1
    /// second.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan PlacePeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <value>How often at most a queue is searched for reports that are due. The default is 250 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan PositionLookPeriod { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <value>Reports of a run are merged over this time. The default is 50 ms.</value>
    public TimeSpan ReportPeriod { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <value>Only runs longer than this are reported as started. The default is 100 ms.</value>
    public TimeSpan StartReportDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <value>Partial output of a run, in characters; what comes after is dropped. The default is 100,000.</value>
    [Range(0, 1_000_000)]
    public int MaxPartialCharacters { get; set; } = 100_000;

    /// <value>An agent's wait that is longer ends its run; it is run again when the wait is over. The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan SuspendAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <value>Ended attempts that are remembered, to recognise a repeated message. The default is 1,000.</value>
    [Range(0, 100_000)]
    public int MaxEnded { get; set; } = 1_000;

    /// <value>Recent durations that the percentiles are taken from. The default is 200.</value>
    [Range(1, 10_000)]
    public int MaxDurations { get; set; } = 200;

    /// <value>
    /// Versions of an agent that are remembered and kept for the tasks that agreed to them; a task that comes back for an
    /// older one fails with <c>version_gone</c>. The default is 100.
    /// </value>
    [Range(1, 1_000)]
    public int MaxVersions { get; set; } = 100;

    /// <value>The schemas, examples and plans of an agent's kept versions, in bytes together. The default is 8 MiB.</value>
    [Range(1_048_576, 268_435_456)]
    public long MaxVersionBytes { get; set; } = 8_388_608;

    /// <value>Changes of an agent by its provider that may wait for each other; more are refused. The default is 100.</value>
    [Range(1, 10_000)]
    public int MaxWaitingCommands { get; set; } = 100;

    /// <value>What these may publish, in bytes together; one alone may be larger. The default is 16 MiB.</value>
    [Range(1_024, 1_073_741_824)]
    public long MaxWaitingCommandBytes { get; set; } = 16_777_216;

    /// <value>Runs in an agent's log. The default is 200.</value>
    [Range(0, 10_000)]
    public int MaxLoggedRuns { get; set; } = 200;

    /// <value>Hours and days of single versions that an agent's figures are kept of, at most 30 days. The default is 500.</value>
    [Range(1, 10_000)]
    public int MaxFigures { get; set; } = 500;

    /// <value>How often changed figures are stored. The default is 10 seconds.</value>
    public TimeSpan StatsPeriod { get; set; } = TimeSpan.FromSeconds(10);

    /// <value>The longest wait between two tries to send the end of a step to its task. The default is 5 seconds.</value>
    public TimeSpan MaxHandOverDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <value>How long a quoted price counts for runs that do not say what was agreed to. The default is 1 hour.</value>
    public TimeSpan QuoteAge { get; set; } = TimeSpan.FromHours(1);

    /// <value>Users whose last quote of an agent is remembered. The default is 10,000.</value>
    [Range(1, 1_000_000)]
    public int MaxQuotes { get; set; } = 10_000;
}
