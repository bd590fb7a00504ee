using System.Globalization;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Isolation;

/// <summary>Why a child process was ended by the node.</summary>
internal enum KillReason
{
    None,
    Memory,
    Processor,
    Clock,
    Cancelled,
    Protocol,
    Idle,
}

/// <summary>The exception of a call that ended without an answer.</summary>
internal static class CallFailures
{
    /// <summary>What the agent itself said.</summary>
    public static Exception Exception(EndMessage end) => end.Kind switch
    {
        EndKind.Refused => new AgentRefusedException(end.Message) { Code = end.Code },
        EndKind.Failed => new AgentFailedException(end.Message)
        {
            Code = end.Code,
            Retryable = end.Retryable,
            RetryAfter = end.RetryAfter,
        },
        EndKind.Cancelled => new OperationCanceledException(),
        EndKind.OutOfMemory => OutOfMemory(null),
        _ => new AgentFailedException($"The agent broke down: {end.Code}.") { Code = "agent_fault", Retryable = true },
    };

    /// <summary>What a process that ended during a call means.</summary>
    /// <param name="reason">Why the node ended it; none when it ended by itself.</param>
    /// <param name="said">The end of what it wrote to standard error.</param>
    /// <param name="limits">The limits it ran under.</param>
    public static Exception Exception(KillReason reason, string said, WorkerLimits limits) => reason switch
    {
        KillReason.Memory => OutOfMemory(limits.MemoryMebibytes),
        KillReason.Processor or KillReason.Clock => TimedOut(reason, limits),
        KillReason.Cancelled => new OperationCanceledException(),
        KillReason.None when said.Contains("out of memory", StringComparison.OrdinalIgnoreCase) => OutOfMemory(limits.MemoryMebibytes),
        KillReason.None when said.Contains("Stack overflow", StringComparison.Ordinal) => new AgentRefusedException(
            "The input is nested too deeply, and its process was ended. Nothing is charged. Make it flatter and run it again.")
        {
            Code = "nested_too_deeply",
        },
        _ => new AgentFailedException("The process that ran this call ended without an answer. Nothing is charged. Run it again.")
        {
            Code = "process_died",
            Retryable = true,
        },
    };

    private static AgentRefusedException OutOfMemory(int? mebibytes) => new(
        (mebibytes is { } most
            ? string.Create(CultureInfo.InvariantCulture, $"The call needed more than {most} MiB of memory and was ended. ")
            : "The call needed more memory than it may use and was ended. ")
        + "Nothing is charged. Run it again on less data, or in smaller parts.")
    {
        Code = "out_of_memory",
    };

    private static AgentRefusedException TimedOut(KillReason reason, WorkerLimits limits)
    {
        var (seconds, kind) = reason == KillReason.Processor
            ? (limits.Processor.TotalSeconds, " of processor time")
            : (limits.Clock.TotalSeconds, "");
        return new AgentRefusedException(string.Create(
            CultureInfo.InvariantCulture,
            $"The call took more than {seconds:0.#} seconds{kind} and was ended. Nothing is charged. Run it again on less data, or in smaller parts."))
        {
            Code = "timed_out",
        };
    }
}
