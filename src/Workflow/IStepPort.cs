using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Artifacts;
using Orkestron.Contracts.Messages;

namespace Orkestron.Workflow;

/// <summary>
/// What a running step needs of its task, however it is reached. Each call carries a key that names its place in the
/// agent's code; the task does it once and gives a repeated call the recorded answer.
/// </summary>
public interface IStepPort
{
    /// <summary>See <see cref="IAgentContext.Progress"/>.</summary>
    void Progress(double? percent, string message);

    /// <summary>See <see cref="IAgentContext.Write"/>.</summary>
    void Write(string text);

    /// <summary>Runs an agent as a step.</summary>
    /// <exception cref="AgentFailedException">It gave no answer.</exception>
    Task<Recorded> CallAsync(
        string key, string agent, JsonElement input, CallOptions options, CancellationToken cancellationToken);

    /// <summary>Opens a file.</summary>
    /// <exception cref="AgentFailedException">There is none that the step may read.</exception>
    Task<AgentArtifact> OpenArtifactAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Makes a file; gives its reference.</summary>
    /// <exception cref="AgentFailedException">It is too large, or one too many.</exception>
    Task<string> CreateArtifactAsync(string name, string mediaType, Stream content, CancellationToken cancellationToken);

    /// <summary>Sends a message once; gives its id.</summary>
    /// <exception cref="AgentFailedException">It cannot be sent.</exception>
    Task<Recorded> SendAsync(string key, MessageTo to, string type, JsonElement payload, CancellationToken cancellationToken);

    /// <summary>Takes the next message, or the one that was taken at this place; null while there is none, perhaps after a
    /// while.</summary>
    Task<AgentMessage?> ReceiveAsync(string key, string? type, CancellationToken cancellationToken);

    /// <summary>Records when a wait ends, counted from the first time it is asked.</summary>
    Task<RecordedWait> WaitAsync(string key, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Asks the task's owner; null while there is no answer.</summary>
    Task<Recorded?> AskAsync(string key, UserQuestion question, CancellationToken cancellationToken);

    /// <summary>
    /// Records a value, or gives what is recorded; null when nothing is recorded and none was given. A value that is given may
    /// become durable later, but before anything that the run asks for next is done.
    /// </summary>
    Task<Recorded?> ValueAsync(string key, JsonElement? value, CancellationToken cancellationToken);

    /// <summary>
    /// Waits until all values that the run has recorded are durable: before something is done that others may see and that may
    /// depend on them.
    /// </summary>
    /// <exception cref="AgentFailedException">One of them cannot be recorded.</exception>
    Task DurableAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// CancelsScope what was asked for under a key and has not ended: calls, for which nothing is paid, questions and waits. What
    /// is asked for there later is not done.
    /// </summary>
    Task CancelAsync(string keyPrefix, CancellationToken cancellationToken);

    /// <summary>
    /// Undoes what the call at a place had done by plans of its own, under further keys that begin with another one.
    /// </summary>
    /// <returns>What was undone, and what was not; null when there was nothing to undo.</returns>
    Task<Recorded?> UndoAsync(string key, string undoKey, CancellationToken cancellationToken) =>
        Task.FromResult<Recorded?>(null);

    /// <summary>Keeps free, once under a key, what undoing may cost that no single call stands for.</summary>
    /// <exception cref="AgentFailedException">There is not enough left: <c>budget_exhausted</c>.</exception>
    Task ReserveUndoAsync(string key, UndoTerms terms, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>An answer in the task's journal.</summary>
/// <param name="Value">The answer.</param>
/// <param name="At">When it was recorded.</param>
public readonly record struct Recorded(JsonElement Value, DateTimeOffset At)
{
    /// <summary>Whether plans within the call have done what <see cref="IStepPort.UndoAsync"/> undoes.</summary>
    public bool Undoable { get; init; }
}

/// <summary>A wait in the task's journal.</summary>
/// <param name="Until">When it ends.</param>
public readonly record struct RecordedWait(DateTimeOffset Until);
