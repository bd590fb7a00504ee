using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Execution;

/// <summary>
/// What a transport adds to the runs of an agent: when one may begin, through which process it goes, and what follows from
/// its end. Called on the grain's scheduler, in this order: <see cref="Added"/>, <see cref="MayBegin"/>, <see cref="Begin"/>,
/// <see cref="PutBack"/>, <see cref="End"/>, <see cref="Close"/>.
/// </summary>
internal interface IRunGate
{
    /// <summary>A step was added to the queue.</summary>
    void Added(AgentRun run)
    {
    }

    /// <summary>Whether a run may begin now.</summary>
    bool MayBegin(AgentRun run);

    /// <summary>A run begins.</summary>
    /// <returns>The transport of this run; null for the one that its manifest names.</returns>
    IAgentTransport? Begin(AgentRun run) => null;

    /// <summary>The run's transport has answered, or was lost.</summary>
    /// <param name="run">The run.</param>
    /// <param name="transport">What <see cref="Begin"/> gave.</param>
    /// <param name="end">How it ended; null when it was cancelled.</param>
    /// <returns>Whether it waits in the queue again; then it has not ended.</returns>
    bool PutBack(AgentRun run, IAgentTransport? transport, StepEnd? end) => false;

    /// <summary>A run has ended and takes no capacity any more.</summary>
    /// <param name="run">The run.</param>
    /// <param name="end">How it ended; null when it was cancelled.</param>
    void End(AgentRun run, StepEnd? end)
    {
    }

    /// <summary>The end of a run is durable, or of no interest any more.</summary>
    /// <param name="transport">What <see cref="Begin"/> gave.</param>
    void Close(IAgentTransport? transport)
    {
    }
}
