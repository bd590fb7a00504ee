using System.ComponentModel.DataAnnotations;

namespace Orkestron.Domain.Tasks;

/// <summary>Limits and periods of tasks. Section <c>Orkestron:Tasks</c>.</summary>
public sealed class TaskOptions
{
    /// <value>
    /// How long a task may work when its submitter gives it no deadline. What it waits for its owner, or until a time, does not
    /// count. The default is 30 minutes.
    /// </value>
    public TimeSpan DefaultDeadline { get; set; } = TimeSpan.FromMinutes(30);

    /// <value>How long such a task may take in all, what it waits included. The default is 30 days.</value>
    public TimeSpan MaxWaiting { get; set; } = TimeSpan.FromDays(30);

    /// <value>The farthest deadline that a submitter may give. The default is 30 days.</value>
    public TimeSpan MaxDeadline { get; set; } = TimeSpan.FromDays(30);

    /// <value>
    /// How long a task that was cancelled or came too late may take to undo what its plans have done. The default is 1 hour.
    /// </value>
    public TimeSpan UndoTime { get; set; } = TimeSpan.FromHours(1);

    /// <value>Tries of a step that fails in a way that may pass, the first included. The default is 3.</value>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 3;

    /// <value>The wait before the second try; it doubles with each. The default is 1 second.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <value>The longest wait between two tries. The default is 1 minute.</value>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <value>
    /// Runs of a step without an end, their worker lost or the work given back, that are recorded; what is lost beyond them is
    /// run again without a record. The default is 50.
    /// </value>
    [Range(0, 10_000)]
    public int MaxRecordedLosses { get; set; } = 50;

    /// <value>How often outstanding work is dispatched again, in case a message was lost. The default is 15 seconds.</value>
    public TimeSpan RedispatchPeriod { get; set; } = TimeSpan.FromSeconds(15);

    /// <value>
    /// How long a task that waits, for an answer, a message, a time or a provider that is away, stays in memory. One whose time
    /// comes sooner stays until then. The default is 10 seconds.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan WaitingAge { get; set; } = TimeSpan.FromSeconds(10);

    /// <value>
    /// A task that waits is looked at so often whatever it waits for, in case that was lost. The default is 6 hours.
    /// </value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan WaitingCheck { get; set; } = TimeSpan.FromHours(6);

    /// <value>How long a task that is settled stays in memory, for those who waited for it. The default is 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan ClosedAge { get; set; } = TimeSpan.FromSeconds(1);

    /// <value>
    /// How long the record of a call inside the platform may wait, so that it shares a commit with the call's end. Anyone
    /// who watches sees it at once. The default is 3 milliseconds.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:01")]
    public TimeSpan CallRecordDelay { get; set; } = TimeSpan.FromMilliseconds(3);

    /// <value>Calls of a step that may be open at once. The default is 64.</value>
    [Range(1, 10_000)]
    public int MaxFanOut { get; set; } = 64;

    /// <value>Steps of a task in all. The default is 1,000.</value>
    [Range(1, 100_000)]
    public int MaxSteps { get; set; } = 1_000;

    /// <value>
    /// What a task records in all, in bytes of UTF-8 JSON: its input, the inputs and answers of its steps, messages, questions and
    /// values. The default is 64 MiB.
    /// </value>
    [Range(1_048_576, 1_073_741_824)]
    public long MaxTaskBytes { get; set; } = 67_108_864;

    /// <value>Waits, questions and values that a task records. The default is 2,000.</value>
    [Range(1, 100_000)]
    public int MaxMarks { get; set; } = 2_000;

    /// <value>The largest question, answer or value, in bytes of UTF-8 JSON. The default is 256 KiB.</value>
    [Range(256, 16_777_216)]
    public int MaxMarkBytes { get; set; } = 262_144;

    /// <value>Messages that the steps of a task send each other. The default is 500.</value>
    [Range(0, 100_000)]
    public int MaxMessages { get; set; } = 500;

    /// <value>The largest message in bytes of UTF-8 JSON. The default is 64 KiB.</value>
    [Range(2, 1_048_576)]
    public int MaxMessageBytes { get; set; } = 65_536;

    /// <value>How deep agents may call agents; the root counts as 1. The default is 4.</value>
    [Range(1, 16)]
    public int MaxDepth { get; set; } = 4;

    /// <value>The largest answer in bytes of UTF-8 JSON. The default is 1 MiB.</value>
    [Range(1, 16_777_216)]
    public int MaxOutputBytes { get; set; } = 1_048_576;

    /// <value>Partial output kept for late watchers, in characters a step. The default is 100,000.</value>
    [Range(0, 1_000_000)]
    public int MaxPartialCharacters { get; set; } = 100_000;

    /// <value>
    /// Attempts of a task whose partial output is kept when they are lost or fail; that of later ones is not. The default is 10.
    /// </value>
    [Range(0, 1_000)]
    public int MaxKeptOutputs { get; set; } = 10;

    /// <value>Of such an attempt the beginning is kept, at most so many bytes of UTF-8. The default is 16 KiB.</value>
    [Range(0, 1_048_576)]
    public int MaxKeptOutputBytes { get; set; } = 16_384;

    /// <value>The platform's part of what a step costs, in hundredths of a percent. The default is 1,000 (10 %).</value>
    [Range(0, 10_000)]
    public int FeeBasisPoints { get; set; } = 1_000;

    /// <value>
    /// How long one request may wait in a task; its caller then sends it again. An activation cannot leave its silo while
    /// a request runs in it, and takes no other meanwhile: this is how long a move may stop a task. The default is
    /// 4 seconds.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(4);

    /// <value>
    /// How long a task counts as watched after somebody has asked for it: so long its place in a queue is kept up to date. The
    /// default is 30 seconds.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ReaderPeriod { get; set; } = TimeSpan.FromSeconds(30);

    /// <value>The longest a share link may live. The default is 30 days.</value>
    public TimeSpan MaxShareAge { get; set; } = TimeSpan.FromDays(30);
}
