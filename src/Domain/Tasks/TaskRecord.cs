using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>A task: the fold of its events. Immutable.</summary>
internal sealed record TaskRecord
{
    public static TaskRecord None { get; } = new();

    /// <summary>Null until submitted.</summary>
    public TaskSubmitted? Submission { get; init; }

    public Payload? Input { get; init; }

    public TaskState State { get; init; }

    public string? FailureCode { get; init; }

    public Payload? FailureMessage { get; init; }

    /// <summary>By step id, from 1, in order of request.</summary>
    public ImmutableList<StepRecord> Steps { get; init; } = [];

    /// <summary>Where the calls of each step are among the steps; null while no step was called.</summary>
    public CallIndex? Calls { get; init; }

    /// <summary>What is counted of the steps.</summary>
    public StepCounts Counts { get; init; }

    /// <summary>What it has recorded, in bytes: inputs, answers, messages, questions and values.</summary>
    public long Bytes { get; init; }

    /// <summary>The task whose records it takes over, and up to where; null when it takes none.</summary>
    public TaskContinues? Continues { get; init; }

    public TaskSettled? Settlement { get; init; }

    public TaskShared? Share { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether a plan in it has asked for what can be undone.</summary>
    public bool CanUndo { get; init; }

    /// <summary>That it ends once what was done is undone; null while nothing has ended it.</summary>
    public TaskUndoing? Undoing { get; init; }

    /// <summary>How long it worked before it waited last. Kept only once it has waited.</summary>
    public TimeSpan Worked { get; init; }

    /// <summary>Since when it works; null while it waits for its owner, or until a time.</summary>
    public DateTimeOffset? WorkingSince { get; init; }

    /// <summary>Whether it has waited, so that the time it works is kept.</summary>
    public bool HasWaited { get; init; }

    /// <summary>When it fails if nothing changes: while it waits, the end of all waiting.</summary>
    public DateTimeOffset Deadline => Undoing?.Until ?? (WorkingSince is { } since ? WorkDeadline(since) : Outer);

    /// <summary>When work that begins then is too late.</summary>
    public DateTimeOffset WorkDeadline(DateTimeOffset begins) => Undoing?.Until ?? (
        Submission!.WorkTime is { } time && Step(1)?.DeadlineAt is null && (WorkingSince ?? begins) + time - Worked is var end
            && end < Outer
            ? end
            : Outer);

    // What a plan gives itself stands in for a default.
    private DateTimeOffset Outer =>
        Step(1)?.DeadlineAt is { } own && own < Submission!.Deadline ? own : Submission!.Deadline;

    public bool Exists => Submission is not null;

    public bool Ended => Exists && State.IsTerminal();

    /// <summary>Ended, and its hold resolved: nothing more happens.</summary>
    public bool Closed => Settlement is not null;

    /// <summary>Whether a step that goes on has an open question.</summary>
    public bool Asks => Steps.Exists(static step => !step.Ended && step.History.Values.Any(static entry => entry.Asks));

    public StepRecord? Step(int id) => id >= 1 && id <= Steps.Count ? Steps[id - 1] : null;

    /// <summary>The child a step asked for at a place in its code, or null.</summary>
    public StepRecord? Child(int parentId, string key) => Calls?.Find(Steps, parentId, key);

    /// <summary>The calls that a step made, in their order.</summary>
    public ImmutableArray<StepRecord> CallsOf(int stepId) => Calls?.Of(Steps, stepId) ?? [];

    /// <summary>The task with one more step.</summary>
    public TaskRecord Add(StepRecord step) => this with
    {
        CanUndo = CanUndo || step.Request.UndoMicro is not null,
        Calls = CallIndex.Add(Calls, Steps, step.Request),
        Steps = Steps.Add(step),
        Counts = Counts.Add(Steps, step),
    };

    /// <summary>The task with a step as it is now.</summary>
    public TaskRecord With(StepRecord step) => this with
    {
        Steps = Steps.SetItem(step.Id - 1, step),
        Counts = Counts.Change(Steps, Steps[step.Id - 1], step),
    };

    /// <summary>What steps told each other, in the order they were sent.</summary>
    public ImmutableList<StepMessage> Messages { get; init; } = [];

    /// <summary>What is still free in the hold: held, less what steps cost or may cost.</summary>
    public long FreeMicro => Step(1) is { } root ? BudgetTree.RestMicro(this, root) : Submission?.HeldMicro ?? 0;

    /// <summary>What completed steps cost.</summary>
    public long CostMicro => Steps.Sum(static step => step.CostMicro);

    /// <summary>Whether a step is another one, or was called on its behalf.</summary>
    public bool IsUnder(StepRecord step, StepRecord other) =>
        step.Id == other.Id || (step.Request.ParentId is { } parent && Step(parent) is { } above && IsUnder(above, other));

    /// <summary>How deep a step lies: 1 for the root.</summary>
    public int DepthOf(StepRecord step) =>
        step.Request.ParentId is { } parent && Step(parent) is { } above ? DepthOf(above) + 1 : 1;
}

/// <summary>A step: the fold of its events. Immutable.</summary>
/// <param name="Request">What it was asked for.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="Version">The event in the task's log that asked for it: what came first has the smaller one.</param>
internal sealed record StepRecord(StepRequested Request, DateTimeOffset RequestedAt, long Version)
{
    public StepState State { get; init; }

    /// <summary>The running or last attempt, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>How many runs ended without an end.</summary>
    public int Lost { get; init; }

    /// <summary>The running or last attempt as people count it: each run after a loss is one.</summary>
    public int Number => Attempt + Lost;

    /// <summary><see cref="Number"/>, or null where it says nothing more than <see cref="Attempt"/>.</summary>
    public int? ReportedAttempt => Lost == 0 ? null : Number;

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public long CostMicro { get; init; }

    public Payload? Output { get; init; }

    public string? FailureCode { get; init; }

    public bool Refused { get; init; }

    public Payload? FailureMessage { get; init; }

    /// <summary>Why it failed for good, for its caller; null when it has not.</summary>
    public StepFailure? Failure => State == StepState.Failed
        ? new StepFailure(FailureCode!, TaskViews.TextOf(FailureMessage) ?? "The agent failed.", false, Refused, null)
        : null;

    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>How often a run of the attempt ended to wait.</summary>
    public int Turn { get; init; }

    /// <summary>When the last run ended to wait; before that, when the step was asked for.</summary>
    public DateTimeOffset LastTurnAt { get; init; } = RequestedAt;

    /// <summary>Whether an answer, a message or the end of a call came after its last run had ended to wait.</summary>
    public bool News { get; init; }

    /// <summary>What was recorded at places in the agent's code, beside calls.</summary>
    public ImmutableDictionary<string, HistoryEntry> History { get; init; } = ImmutableDictionary<string, HistoryEntry>.Empty;

    /// <summary>Files that it read, and when first.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> Opened { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    /// <summary>Files that it made, and when.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> Made { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    /// <summary>Whether its agent does not see all that was sent.</summary>
    public bool Trimmed { get; init; }

    /// <summary>Where what it does not see stood, as <see cref="StepTrimmed"/> has it; null when erased.</summary>
    public Payload? Dropped { get; init; }

    /// <summary>Prefixes of places whose branches lost: what is asked for there, however late, is not done.</summary>
    public ImmutableList<string> CanceledScopes { get; init; } = [];

    /// <summary>While it waits: when it goes on; null when only an answer brings it on.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>Why it only undoes what it had done; null while it goes on.</summary>
    public StepUndoing? Undoing { get; init; }

    /// <summary>Whether it runs to undo what it, or another one, has done.</summary>
    public bool IsUndoing => Undoing is not null || Request.UndoOf is not null;

    /// <summary>When it fails if it has not ended: a time that its plan gives itself; null for none.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>Whose answer it took over; null when it ran.</summary>
    public StepReused? Reused { get; init; }

    /// <summary>When an agent was at it, oldest first, the recent ones.</summary>
    public ImmutableArray<StepRun> Runs { get; init; } = [];

    /// <summary>What attempts without an answer had written, as far as it was kept, oldest first.</summary>
    public ImmutableArray<StepWrote> Written { get; init; } = [];

    public int Id => Request.StepId;

    public bool IsScopeCanceled(string key) => CanceledScopes.Exists(prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    public bool Ended => State is StepState.Completed or StepState.Failed or StepState.Canceled;

    /// <summary>Whether an agent may be at its attempt: a retry's attempt is the next one as soon as the last has failed.</summary>
    public bool Outstanding => State is StepState.Requested or StepState.Working or StepState.Retrying or StepState.Waiting;

    /// <summary>Whether an agent may be at this attempt; null for whichever it is at.</summary>
    public bool IsAt(int? attempt) => Outstanding && (attempt ?? Attempt) == Attempt;

    /// <summary>Whether its attempt is to be with its agent by now.</summary>
    public bool IsDue(DateTimeOffset now) => State switch
    {
        StepState.Retrying => !(RetryAt > now),
        StepState.Waiting => WakeAt <= now,
        _ => Outstanding,
    };

    /// <summary>When it is to be with its agent again, or null when that is now or never.</summary>
    public DateTimeOffset? DueAt => State switch
    {
        StepState.Retrying => RetryAt,
        StepState.Waiting => WakeAt,
        _ => null,
    };

    /// <summary>Since when its next run waits for its agent.</summary>
    public DateTimeOffset WaitsSince => DueAt ?? (Runs is [.., { EndedAt: { } ended }] ? ended : RequestedAt);

    /// <summary>What it is addressed by in messages.</summary>
    public string Role => Request.Role ?? Request.Agent;

    /// <summary>What it costs itself, or may cost.</summary>
    public long OwnMicro => State switch
    {
        StepState.Completed => CostMicro,
        StepState.Failed or StepState.Canceled => 0,
        _ => Request.PriceMicro,
    };
}
