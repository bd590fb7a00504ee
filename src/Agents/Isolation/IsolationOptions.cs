using System.ComponentModel.DataAnnotations;

namespace Orkestron.Agents.Isolation;

/// <summary>Limits of the child processes that run SQL, scripts and foreign documents, section <c>Orkestron:Isolation</c>.</summary>
public sealed class IsolationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Orkestron:Isolation";

    /// <summary>Child processes of a node at once; each runs one call. Processes, default 6.</summary>
    [Range(1, 256)]
    public int MaxProcesses { get; set; } = 6;

    /// <summary>Calls of one user that run at once on a node, so that others always find a place. Calls, default 2.</summary>
    [Range(1, 256)]
    public int MaxPerUser { get; set; } = 2;

    /// <summary>Calls that may wait for a process; further calls are refused as retryable. Calls, default 1,000.</summary>
    [Range(0, 100_000)]
    public int MaxQueued { get; set; } = 1_000;

    /// <summary>Idle processes that are kept ready. Processes, default 1.</summary>
    [Range(0, 64)]
    public int WarmProcesses { get; set; } = 1;

    /// <summary>When the first of them is started, after the node is up. Seconds, default 5.</summary>
    [Range(0, 3_600)]
    public int WarmAfterSeconds { get; set; } = 5;

    /// <summary>How long an idle process beyond those stays. Seconds, default 120.</summary>
    [Range(1, 86_400)]
    public int IdleSeconds { get; set; } = 120;

    /// <summary>Resident memory of one process; with more it is killed. Mebibytes, default 512.</summary>
    [Range(128, 65_536)]
    public int MemoryMebibytes { get; set; } = 512;

    /// <summary>A process that keeps more than this after a call is replaced. Mebibytes, default 256.</summary>
    [Range(64, 65_536)]
    public int KeepMebibytes { get; set; } = 256;

    /// <summary>A process that has run this many calls is replaced. Calls, default 500.</summary>
    [Range(1, 1_000_000)]
    public int MaxCalls { get; set; } = 500;

    /// <summary>
    /// What a call may use beyond its agent's own limit of time, before its process is killed: the agent's limit tells
    /// more, but does not bite in every native operation. Seconds of processor time, default 5.
    /// </summary>
    [Range(0, 300)]
    public int GraceSeconds { get; set; } = 5;

    /// <summary>
    /// The processor time after which a call stands back for those that have just begun, so that somebody's short call beside it is
    /// answered soon (Linux). Milliseconds, default 500.
    /// </summary>
    [Range(0, 300_000)]
    public int StandBackMilliseconds { get; set; } = 500;

    /// <summary>
    /// How long a call may take by the clock, as a multiple of the processor time it may use: the machine may be busy.
    /// Default 3.
    /// </summary>
    [Range(1, 100)]
    public int ClockFactor { get; set; } = 3;

    /// <summary>How long a process may go on after its call was cancelled. Milliseconds, default 500.</summary>
    [Range(0, 60_000)]
    public int CancelMilliseconds { get; set; } = 500;

    /// <summary>How often memory and processor time of busy processes are looked at. Milliseconds, default 20.</summary>
    [Range(1, 1_000)]
    public int WatchMilliseconds { get; set; } = 20;

    /// <summary>How long a process may take to start. Seconds, default 30.</summary>
    [Range(1, 600)]
    public int StartSeconds { get; set; } = 30;

    /// <summary>The largest message a process may send, and all that one call may send. Mebibytes, default 16.</summary>
    [Range(1, 256)]
    public int MaxMessageMebibytes { get; set; } = 16;

    /// <summary>
    /// A folder of cgroup version 2 that this node may write to, with the memory controller in it; each process then gets a
    /// group of its own. Left empty, the parent of the node's own group is tried.
    /// </summary>
    public string? CgroupFolder { get; set; }

    /// <summary>The program of the processes; the one beside this assembly when left empty.</summary>
    public string? Program { get; set; }
}
