using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Execution;

/// <summary>An attempt an agent has admitted: waiting or working.</summary>
internal sealed class AgentRun(WorkItem work, AgentManifest manifest) : IDisposable
{
    private readonly CancellationTokenSource _canceled = new();

    public WorkItem Work { get; } = work;

    /// <summary>The version that its task agreed to.</summary>
    public AgentManifest Manifest { get; } = manifest;

    public bool Working { get; set; }

    /// <summary>Since when processes are connected, but none that may take it; null while there is one that may, or none at all.</summary>
    public DateTimeOffset? UnservedSince { get; set; }

    /// <summary>When its run began; default before.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Whether the run may have begun before: a worker had it from an activation before this one.</summary>
    public bool Continues { get; set; }

    /// <summary>How many of its runs were lost or returned: people are shown each later one as an attempt of its own.</summary>
    public int Lost { get; set; }

    /// <summary>Since when it waits; null when that is not known.</summary>
    public DateTimeOffset? WaitsSince { get; set; } =
        work.DueAt ?? (work.RequestedAt == default ? null : work.RequestedAt);

    /// <summary>How many provider processes were lost with it.</summary>
    public int Losses { get; set; }

    /// <summary>Whether no run of the step has begun before.</summary>
    public bool IsFirstRun => Losses == 0 && Work is { Attempt: 1, Turn: 0 };

    /// <summary>Whether a process of another version may take it: see <see cref="VersionCompatibility"/>.</summary>
    public bool CanRunAs(AgentManifest other) => IsFirstRun && VersionCompatibility.Are(Manifest, other);

    /// <summary>
    /// Whether the attempt may run somewhere already, or have ended: its task is asked before it is sent to a process.
    /// </summary>
    public bool Repeated { get; set; } = work.Again;

    /// <summary>
    /// Until when somebody watches the task. A sender of an earlier build does not say: then it counts as watched.
    /// </summary>
    public DateTimeOffset WatchedUntil { get; set; } = work.WatchedUntil ?? DateTimeOffset.MaxValue;

    /// <summary>What was reported last to its task while it waits; null for nothing, or when the task may have forgotten it.</summary>
    public ReportedPosition? Reported { get; set; }

    /// <summary>Cancelled when the answer is of no interest any more.</summary>
    public CancellationToken Unwanted => _canceled.Token;

    public (Guid TaskId, int StepId) Key => (Work.TaskId, Work.StepId);

    public void Cancel() => _canceled.Cancel();

    public void Dispose() => _canceled.Dispose();
}
