using System.Text.Json;
using Orkestron.Contracts.Artifacts;
using Orkestron.Contracts.Messages;

namespace Orkestron.Contracts.Agents;

/// <summary>
/// What an agent can do beside answering. What is marked durable is recorded with the task: after a crash the agent runs
/// again from its beginning and gets what was recorded instead of doing it twice. Recorded answers are matched by their
/// place in the code, so ask in the same order each time; use <see cref="Now"/> and <see cref="NewId"/> where the order
/// depends on them, and <see cref="WhenAllAsync"/> for branches that ask several things one after the other.
/// </summary>
public interface IAgentContext
{
    /// <summary>The task, an id.</summary>
    string TaskId { get; }

    /// <summary>The step within the task.</summary>
    string StepId { get; }

    /// <summary>1 for the first try of this step.</summary>
    int Attempt { get; }

    /// <summary>The clock to use for what need not be the same in each run.</summary>
    TimeProvider Clock { get; }

    /// <summary>The time, the same in each run: when the last answer that this agent has got was recorded.</summary>
    DateTimeOffset Now { get; }

    /// <summary>An id, the same in each run.</summary>
    Guid NewId();

    /// <summary>Tells watchers how far the work is. Transient: coalesced, never stored, never blocks.</summary>
    /// <param name="percent">0 to 100, or null when unknown.</param>
    /// <param name="message">One line, at most 300 characters (cut beyond).</param>
    void Progress(double? percent, string message);

    /// <summary>
    /// Appends text to the partial output that watchers see while the work goes on. Transient and bounded; the answer
    /// is what <see cref="IAgent.RunAsync"/> returns.
    /// </summary>
    void Write(string text);

    /// <summary>Durable: runs another agent as a step of the same task, paid from this task's hold.</summary>
    /// <param name="agent">Provider and name, for instance <c>orkestron/summariser</c>.</param>
    /// <param name="input">Valid against that agent's input schema.</param>
    /// <param name="cancellationToken">Stops the waiting, not the step.</param>
    /// <exception cref="AgentFailedException">The called agent failed, was refused or cannot be paid.</exception>
    Task<JsonElement> CallAgentAsync(string agent, JsonElement input, CancellationToken cancellationToken);

    /// <summary>Durable: runs another agent as a step of the same task, within a budget of its own.</summary>
    /// <param name="agent">Provider and name.</param>
    /// <param name="input">Valid against that agent's input schema.</param>
    /// <param name="options">Its budget, and its role in messages.</param>
    /// <param name="cancellationToken">Stops the waiting, not the step.</param>
    /// <exception cref="AgentFailedException">The called agent failed or was refused; <c>budget_exhausted</c> when what may be
    /// spent does not cover it.</exception>
    Task<JsonElement> CallAgentAsync(
        string agent, JsonElement input, CallOptions options, CancellationToken cancellationToken);

    /// <summary>
    /// Opens a file that this step's input names, that it made, or that an agent it called has answered with. Who reads which
    /// file is recorded for the task's owner.
    /// </summary>
    /// <param name="reference"><c>artifact:</c> and the file's id.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="AgentFailedException"><c>artifact_not_found</c>: there is none that this step may read.</exception>
    Task<AgentArtifact> OpenArtifactAsync(string reference, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a file of the task's owner, to be named in the answer. The same content again is the same file, so a second run
    /// makes no second one. What no answer of the task names goes when the task ends.
    /// </summary>
    /// <param name="name">What it is called, with its ending.</param>
    /// <param name="mediaType">For instance <c>text/csv</c>.</param>
    /// <param name="content">Read to its end.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The reference: <c>artifact:</c> and the file's id.</returns>
    /// <exception cref="AgentFailedException"><c>artifact_too_large</c>, <c>artifact_quota</c>, <c>too_many_artifacts</c>.</exception>
    Task<string> CreateArtifactAsync(string name, string mediaType, Stream content, CancellationToken cancellationToken);

    /// <summary>
    /// Durable: sends a message to another running step of the task: the one that called this one, one that it called, or one
    /// that the same step called. The task's owner sees it.
    /// </summary>
    /// <param name="to">Whom.</param>
    /// <param name="type">What it is, for instance <c>draft</c>: lower-case letters, digits and <c>_ . -</c>, at most 60.</param>
    /// <param name="payload">The content; files that it names may then be read by its receiver.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="AgentFailedException"><c>recipient_not_found</c>, <c>recipient_ended</c>, <c>message_too_large</c>,
    /// <c>too_many_messages</c>.</exception>
    Task SendAsync(MessageTo to, string type, JsonElement payload, CancellationToken cancellationToken);

    /// <summary>
    /// Durable: takes the next message for this step, each once, in the order they were sent. A long wait ends this run
    /// (<see cref="AgentSuspendedException"/>) and begins another when a message has come.
    /// </summary>
    /// <param name="type">Only messages of this type; null for any.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    Task<AgentMessage> ReceiveAsync(string? type, CancellationToken cancellationToken);

    /// <summary>Durable: waits. A long wait ends this run (<see cref="AgentSuspendedException"/>) and begins another after it.</summary>
    Task SleepAsync(TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Durable: asks the task's owner and gives the answer, valid against the question's schema, days later if need be.</summary>
    Task<JsonElement> AskUserAsync(UserQuestion question, CancellationToken cancellationToken);

    /// <summary>
    /// Durable: does something whose result differs from run to run, and records the result. After a crash before that is
    /// durable it is done again, with another result; once anyone can have seen the result, every later run gets the same.
    /// </summary>
    /// <remarks>
    /// The code may go on before the result is durable. Whatever it asks for next waits until it is: the next side effect
    /// begins only then, and a call, a question, a wait, a message, a file, progress and the answer reach others only then. So do
    /// what acts on the world, or shows a result to it, in a side effect of its own: what the code does beside its context
    /// waits for nothing.
    /// </remarks>
    Task<JsonElement> SideEffectAsync(Func<CancellationToken, Task<JsonElement>> effect, CancellationToken cancellationToken);

    /// <summary>Runs branches at the same time, each with a context of its own, and gives their answers in order.</summary>
    /// <param name="branches">The branches.</param>
    /// <param name="atMost">How many run at once.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    Task<T[]> WhenAllAsync<T>(
        IReadOnlyList<Func<IAgentContext, Task<T>>> branches, int atMost, CancellationToken cancellationToken);

    /// <summary>
    /// Runs branches against each other. The first answer wins, for good; what the others asked for is cancelled and not
    /// paid. When all fail, the last failure is thrown.
    /// </summary>
    Task<T> RaceAsync<T>(
        IReadOnlyList<Func<IAgentContext, CancellationToken, Task<T>>> branches, CancellationToken cancellationToken);
}
