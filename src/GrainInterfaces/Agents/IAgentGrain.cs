using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Agents;

/// <summary>
/// One published agent: its permanent address, queue, capacity and figures. Key: provider and name. Work comes on the
/// stream <see cref="WorkStream"/> of its key; it is admitted by capacity, the rest waits in order.
/// </summary>
[GrainInterfaceType("agent"), Alias("orkestron.agent")]
public interface IAgentGrain : IGrainWithStringKey
{
    /// <summary>Publishes a version and lists the agent as it was, a new one for all: see <see cref="ReleaseAsync"/>.</summary>
    /// <returns>
    /// <see cref="RefusalCode.Invalid"/>, or <see cref="RefusalCode.VersionExists"/> when a provider's version was
    /// published with another content.
    /// </returns>
    [Alias("publish")]
    Task<Outcome<AgentView>> PublishAsync(AgentManifest manifest);

    /// <summary>
    /// Publishes a version, as the current one or as a candidate. The same content again changes nothing, so that a process
    /// of an earlier version that starts again takes nothing back; <see cref="SetRolloutAsync"/> does.
    /// </summary>
    /// <returns>
    /// As <see cref="PublishAsync"/>; <see cref="RefusalCode.Invalid"/> also for what cannot be a candidate;
    /// <see cref="RefusalCode.TooMany"/> when the catalogue is full (the version is published then, but not listed), or when
    /// too many changes of the agent wait for each other.
    /// </returns>
    [Alias("release")]
    Task<Outcome<AgentView>> ReleaseAsync(AgentRelease release);

    /// <summary>Which versions new tasks get; null when it was never published.</summary>
    [Alias("get-rollout"), AlwaysInterleave]
    Task<AgentRollout?> GetRolloutAsync();

    /// <summary>Says which versions new tasks get: promotes a candidate, changes its share, or brings an earlier version back.</summary>
    /// <returns>
    /// <see cref="RefusalCode.AgentNotFound"/>, <see cref="RefusalCode.NotFound"/> for a version that is not kept,
    /// <see cref="RefusalCode.Invalid"/> for what cannot be a candidate.
    /// </returns>
    [Alias("roll-out")]
    Task<Outcome<AgentRollout>> SetRolloutAsync(SetRollout command);

    /// <summary>What a task gets when it begins, or calls: the current version, or the candidate by its id.</summary>
    /// <param name="taskId">
    /// The task: the same one always gets the same. Null for the current version, as a quote of its price asks for it; what
    /// was quoted is told for an hour with what the user's tasks get, when the price has risen meanwhile.
    /// </param>
    /// <param name="userId">Its owner: the provider alone runs an agent that is not listed, and other versions.</param>
    /// <param name="version">A version by name; null for what the rollout says.</param>
    /// <returns><see cref="RefusalCode.AgentNotFound"/>, <see cref="RefusalCode.NotFound"/> or <see cref="RefusalCode.Forbidden"/>
    /// for a version.</returns>
    [Alias("choose"), AlwaysInterleave]
    Task<Outcome<AgentManifest>> ChooseAsync(Guid? taskId, Guid userId, string? version);

    /// <summary>
    /// What a task gets when an agent of another provider calls: by the right of that provider, not of the task's owner, who
    /// chose the caller and not what it calls.
    /// </summary>
    /// <param name="taskId">The task.</param>
    /// <param name="provider">Whose agent calls.</param>
    /// <returns><see cref="RefusalCode.AgentNotFound"/>, also for an agent that is not listed and belongs to someone else.</returns>
    [Alias("choose-for-provider"), AlwaysInterleave]
    Task<Outcome<AgentManifest>> ChooseForProviderAsync(Guid taskId, string provider);

    /// <summary>The agent as it stands, or null when it was never published.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<AgentView?> GetAsync();

    /// <summary>
    /// What the agent is, without its figures and its plan. Null when it was never published.
    /// </summary>
    [Alias("get-manifest"), AlwaysInterleave]
    Task<AgentManifest?> GetManifestAsync();

    /// <summary>
    /// What a version of the agent is. Null when it was never published, or so long ago that it is not kept any more.
    /// </summary>
    [Alias("get-version"), AlwaysInterleave]
    Task<AgentManifest?> GetVersionAsync(string version);

    /// <summary>The versions that were published, newest first.</summary>
    [Alias("versions"), AlwaysInterleave]
    Task<ImmutableArray<AgentVersion>> VersionsAsync();

    /// <summary>Puts the agent into the catalogue, open to all, or takes it out; whose agent it is, the caller has checked.</summary>
    /// <returns><see cref="RefusalCode.AgentNotFound"/>; <see cref="RefusalCode.TooMany"/> when the catalogue is full.</returns>
    [Alias("set-listed")]
    Task<Outcome<AgentRollout>> SetListedAsync(bool listed);

    /// <summary>The plan of a version, for its provider; null for one that has none, or is not kept.</summary>
    [Alias("get-plan"), AlwaysInterleave]
    Task<Payload?> GetPlanAsync(string version);

    /// <summary>The agent's recent runs. For the provider's owner.</summary>
    [Alias("runs"), AlwaysInterleave]
    Task<RunPage> RunsAsync(RunQuery query);

    /// <summary>The agent's figures over the last hours or days, at most 30 days. For the provider's owner.</summary>
    [Alias("metrics"), AlwaysInterleave]
    Task<AgentMetrics> MetricsAsync(TimeSpan window);

    /// <summary>What the agent may be expected to earn; null when it was never published. For the provider's owner.</summary>
    /// <param name="runsPerDay">Runs a day; null for those of the last 7 days.</param>
    /// <param name="inputBytes">The input's size; null for the median of the recent runs.</param>
    [Alias("earnings"), AlwaysInterleave]
    Task<AgentEarnings?> EarningsAsync(double? runsPerDay, int? inputBytes);

    /// <summary>
    /// Says until when somebody watches a task one of whose steps waits here: only then is the task told the step's place in
    /// the queue. May be lost; the work that the task sends again says the same. Unknown steps are ignored.
    /// </summary>
    [Alias("watch-step"), OneWay, AlwaysInterleave]
    Task WatchStepAsync(Guid taskId, int stepId, DateTimeOffset until);

    /// <summary>Stops an attempt: taken out of the queue, or its run cancelled. Unknown ones are ignored.</summary>
    [Alias("cancel-step"), AlwaysInterleave]
    Task CancelStepAsync(Guid taskId, int stepId);
}

/// <summary>The streams on which steps travel to agents.</summary>
public static class WorkStream
{
    /// <summary>The name of the stream provider.</summary>
    public const string Provider = "work";

    /// <summary>The streams' namespace; the stream's key is the agent's key.</summary>
    public const string Namespace = "agent-work";
}
