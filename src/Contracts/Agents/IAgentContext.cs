using System.Text.Json;

namespace Orkestron.Contracts.Agents;

/// <summary>What an agent can do beside answering. All members may be used from any thread.</summary>
public interface IAgentContext
{
    /// <summary>The task, an id.</summary>
    string TaskId { get; }

    /// <summary>The step within the task.</summary>
    string StepId { get; }

    /// <summary>1 for the first try of this step.</summary>
    int Attempt { get; }

    /// <summary>The clock to use.</summary>
    TimeProvider Clock { get; }

    /// <summary>Tells watchers how far the work is. Transient: coalesced, never stored, never blocks.</summary>
    /// <param name="percent">0 to 100, or null when unknown.</param>
    /// <param name="message">One line, at most 300 characters (cut beyond).</param>
    void Progress(double? percent, string message);

    /// <summary>
    /// Appends text to the partial output that watchers see while the work goes on. Transient and bounded; the answer
    /// is what <see cref="IAgent.RunAsync"/> returns.
    /// </summary>
    void Write(string text);

    /// <summary>
    /// Runs another agent as a durable step of the same task, paid from this task's hold. After a crash this agent runs
    /// again and gets the recorded answer: calls are matched by their order, so make them in the same order each time.
    /// </summary>
    /// <param name="agent">Provider and name, for instance <c>orkestron/summariser</c>.</param>
    /// <param name="input">Valid against that agent's input schema.</param>
    /// <param name="cancellationToken">Stops the waiting, not the step.</param>
    /// <exception cref="AgentFailedException">The called agent failed, was refused or cannot be paid.</exception>
    Task<JsonElement> CallAgentAsync(string agent, JsonElement input, CancellationToken cancellationToken);
}
