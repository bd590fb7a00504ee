using System.Text.Json;

namespace Orkestron.Contracts.Endpoints;

/// <summary>What an endpoint is sent to run one attempt of a step. It says nothing of the user.</summary>
/// <param name="Task">A pseudonym of the task: the same for all steps that one provider gets of it, another for others.</param>
/// <param name="Step">The step within the task.</param>
/// <param name="Attempt">1 for the first try.</param>
/// <param name="Agent">Provider and name.</param>
/// <param name="Version">The version agreed at submission.</param>
/// <param name="Input">Valid against the agent's input schema.</param>
/// <param name="Deadline">When the answer is of no interest any more.</param>
/// <param name="Callback">
/// Where an endpoint that answered 202 tells progress and how it ended, until the deadline; left out on a platform that
/// endpoints cannot reach.
/// </param>
/// <param name="Files">
/// The files that the input names, and where to GET each while the attempt runs; left out when there is none or no callback.
/// </param>
public sealed record EndpointCall(
    string Task,
    int Step,
    int Attempt,
    string Agent,
    string Version,
    JsonElement Input,
    DateTimeOffset Deadline,
    Uri? Callback,
    IReadOnlyList<EndpointFile>? Files = null);

/// <summary>A file that an endpoint may read.</summary>
/// <param name="Reference">As it stands in the input: <c>artifact:</c> and its id.</param>
/// <param name="Url">Its content; the right to it ends with the attempt.</param>
public sealed record EndpointFile(string Reference, Uri Url);

/// <summary>Tells an endpoint that answered 202 that nobody wants the answer any more.</summary>
/// <param name="Type"><c>step.canceled</c>.</param>
/// <param name="Task">As in the call.</param>
/// <param name="Step">As in the call.</param>
/// <param name="Attempt">As in the call.</param>
/// <param name="Agent">As in the call.</param>
public sealed record EndpointCancel(string Type, string Task, int Step, int Attempt, string Agent);
