using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Execution;

/// <summary>A way to reach agents: in process, over the provider library, over HTTP.</summary>
public interface IAgentTransport
{
    /// <summary>The manifests' word for it, for instance <c>built-in</c>.</summary>
    string Name { get; }

    /// <summary>Runs one attempt to its end.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="manifest">The version of the agent that its task agreed to.</param>
    /// <param name="reporter">Where to report progress.</param>
    /// <param name="cancellationToken">Cancelled when the attempt is of no interest any more, or took too long.</param>
    /// <returns>An answer or a failure; never an exception for what the agent did.</returns>
    Task<AgentAnswer> RunAsync(
        WorkItem work, AgentManifest manifest, IRunReporter reporter, CancellationToken cancellationToken);

    /// <summary>How many runs of one user an agent takes at once, so that others find a place; null for as many as there are.</summary>
    int? MaxPerUser(AgentManifest manifest) => null;

    /// <summary>A step is cancelled, and an agent may still work on it without a run. May be called for any step.</summary>
    /// <param name="manifest">The agent.</param>
    /// <param name="taskId">The task.</param>
    /// <param name="stepId">The step.</param>
    Task AbandonAsync(AgentManifest manifest, Guid taskId, int stepId) => Task.CompletedTask;
}

/// <summary>How a run ended: with an answer, with a failure, or, with neither, to go on after a long wait.</summary>
public sealed record AgentAnswer(Payload? Output, StepFailure? Failure)
{
    /// <summary>The run waits for longer than a run should live.</summary>
    public static AgentAnswer Suspended { get; } = new(null, null);

    /// <summary>What the run asked its task for, as <see cref="Workflow.CommandTrace"/> reads it; null when that
    /// is not known.</summary>
    public string? Asked { get; init; }

    /// <summary>Answers of its calls that the run was given before they were durable.</summary>
    public ImmutableArray<EarlyAnswers> Early { get; init; } = [];

    /// <summary>What the run recorded and its task may not have yet.</summary>
    public ImmutableArray<RunValue> Values { get; init; } = [];

    /// <summary>Whether the agent's own code gave the failure.</summary>
    public bool OwnFailure { get; init; }
}

/// <summary>Where a run reports its progress, from any thread. Merged and bounded; never blocks.</summary>
public interface IRunReporter
{
    /// <summary>Reports how far the work is.</summary>
    void Progress(double? percent, string? message);

    /// <summary>Appends to the partial output.</summary>
    void Write(string text);
}
