using Orkestron.Domain;
using Orkestron.Domain.Providers;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Providers;

/// <summary>
/// One agent, as the web nodes use it that hold connections of its provider's processes. Key: provider and name. The agent
/// is the permanent address and queue; processes come and go.
/// </summary>
/// <remarks>Every call may arrive twice or late.</remarks>
[GrainInterfaceType("provider-agent"), Alias("orkestron.provider-agent")]
public interface IProviderAgentGrain : IGrainWithStringKey
{
    /// <summary>
    /// Registers a process, or renews its lease and says what it runs. A process that is not renewed within the lease is
    /// gone, and its steps go to others.
    /// </summary>
    /// <returns>Whether it is linked: false when the agent has all the processes it may have.</returns>
    [Alias("link"), AlwaysInterleave]
    Task<bool> LinkAsync(ProviderLinkState link);

    /// <summary>A process has left.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="session">The connection that ended; a later one of the same process stays.</param>
    /// <param name="atOnce">Whether its steps go to others now, or wait a moment for it to come back.</param>
    [Alias("unlink"), AlwaysInterleave]
    Task UnlinkAsync(string processId, long session, bool atOnce);

    /// <summary>Hands in how a step ended. Answered when that is durable, or of no interest any more.</summary>
    [Alias("answer"), AlwaysInterleave]
    Task AnswerAsync(StepRunResult answer);

    /// <summary>Gives a step back unfinished: it goes to another process, or waits in front of the queue.</summary>
    [Alias("hand-back"), AlwaysInterleave]
    Task HandBackAsync(StepKey step);

    /// <summary>Tells how far a step is. Transient: may be lost.</summary>
    [Alias("report"), AlwaysInterleave, OneWay]
    Task ReportAsync(StepReported report);
}
