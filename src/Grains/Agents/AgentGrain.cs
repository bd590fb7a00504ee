using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Endpoints;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Grains.Catalogue;
using Orkestron.Grains.Common;
using Orkestron.Grains.Endpoints;
using Orkestron.Grains.Execution;
using Orkestron.Grains.Workers;
using Orleans.Concurrency;
using Orleans.Streams.Core;

namespace Orkestron.Grains.Agents;

/// <summary>
/// One agent: its address. Versions and listing are in <see cref="Catalogue"/>, queue and runs in <see cref="Execution"/>, the
/// processes that serve it in <see cref="Workers"/>, its HTTP endpoint in <see cref="Endpoints"/>.
/// </summary>
[GrainType("agent"), Reentrant, ImplicitStreamSubscription(WorkStream.Namespace)]
internal sealed class AgentGrain
    : Grain, IAgentGrain, IProviderAgentGrain, IEndpointAgentGrain, IRemindable, IStreamSubscriptionObserver
{
    private readonly Activation _activation;
    private readonly DurableState<AgentRecord> _agent;
    private readonly AgentVersions _versions;
    private readonly AgentReleases _releases;
    private readonly AgentChoice _choice;
    private readonly AgentQueue _queue;
    private readonly ProviderOwner _owner;
    private readonly RunStatistics _statistics;
    private readonly QueueNotices _notices;
    private readonly WorkReceiver _receiver;
    private readonly UserShares _shares;
    private readonly WorkerPool _pool;
    private readonly WorkerRuns _workers;
    private readonly WorkerConnections _connections;
    private readonly WorkerResults _workerResults;
    private readonly EndpointMonitor _endpoint;
    private readonly EndpointGate _endpointGate;
    private readonly EndpointResults _endpointResults;
    private readonly EndpointRuns _endpointRuns;
    private readonly TimeProvider _clock;
    private readonly AgentOptions _options;

    public AgentGrain(
        [PersistentState("agent", StorageNames.Cold)] IPersistentState<AgentRecord> agent,
        [PersistentState("agent-versions", StorageNames.Cold)] IPersistentState<VersionsRecord> versions,
        [PersistentState("agent-runs", StorageNames.Cold)] IPersistentState<RunsRecord> runs,
        DurableStates states,
        LocalAgents local,
        AgentRunner runner,
        EndpointRuns endpointRuns,
        TimeProvider clock,
        IOptions<AgentOptions> options,
        IOptions<ProviderOptions> providerOptions,
        IOptions<EndpointOptions> endpointOptions,
        IOptions<TaskOptions> taskOptions,
        ILogger<AgentGrain> logger)
    {
        (_endpointRuns, _clock, _options) = (endpointRuns, clock, options.Value);
        _activation = new Activation(this, this.GetPrimaryKeyString());
        _agent = states.Of(agent, static (before, after) => after.TakeFigures(before));
        var runLog = states.Of(runs, static (before, after) => after.TakeFrom(before));

        var queue = _queue = new AgentQueue(options.Value.MaxEnded);
        _versions = new AgentVersions(_activation, _agent, states.Of(versions), local, options.Value);
        var listing = new AgentListing(_activation, _agent, _versions, GrainFactory);
        _releases = new AgentReleases(
            _activation, _agent, _versions, listing, () => queue.Versions, OnPublishedAsync, clock, options.Value);
        _choice = new AgentChoice(_versions, GrainFactory, clock, options.Value);

        _owner = new ProviderOwner(_activation, _agent, GrainFactory, logger);
        _statistics = new RunStatistics(_agent, runLog, _owner, clock, options.Value, taskOptions.Value);
        var ends = new StepEndSender(GrainFactory, clock, options.Value, logger);
        var agreed = new AgreedVersions(GrainFactory, _versions.Find);
        var assignments = new AssignmentSender(_activation, _queue, GrainFactory, clock, providerOptions.Value);
        _pool = new WorkerPool(providerOptions.Value, assignments.Send);
        var presence = new WorkerPresence(_pool, _agent, clock);
        _notices = new QueueNotices(_activation, _queue, presence, GrainFactory, clock, options.Value);
        var dispatcher = new AgentDispatcher(_agent, _queue, runner, _statistics, ends, _notices, GateOf, options.Value);
        _receiver = new WorkReceiver(_activation, _agent, agreed, dispatcher, ends, logger);
        _shares = new UserShares(runner, _queue);

        var workerVersions = new WorkerVersions(_pool, _agent, _queue, ends, agreed, providerOptions.Value);
        _workers = new WorkerRuns(_activation, _pool, workerVersions, _queue, dispatcher, _statistics, ends, clock);
        var waiting = new WaitingTasks(_activation, presence, GrainFactory, clock, options.Value, logger);
        _connections = new WorkerConnections(
            _activation, _pool, presence, workerVersions, _workers, dispatcher, _notices, waiting, clock, providerOptions.Value);
        _workerResults = new WorkerResults(_pool, _queue, agreed, runner, _statistics, GrainFactory);

        var breaker = new EndpointBreaker(endpointOptions.Value);
        _endpoint = new EndpointMonitor(_activation, _agent, breaker, GrainFactory, clock, endpointOptions.Value);
        _endpointGate = new EndpointGate(
            _activation, _agent, breaker, _endpoint, _queue, dispatcher, agreed, runner, clock);
        _endpointResults = new EndpointResults(_endpoint, _queue, agreed, runner, _statistics, GrainFactory);
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _activation.StartedAt = _clock.GetUtcNow();
        _versions.PublishLocally();
        await OnPublishedAsync();
        _activation.StartTimer(_statistics.SaveAsync, _options.StatsPeriod, keepAlive: false);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _activation.IsEnding = true;
        _versions.PublishLocally();
        _queue.CancelAll();
        return _statistics.SaveAsync();
    }

    public Task<AgentView?> GetAsync() => Task.FromResult(View());

    public Task<AgentManifest?> GetManifestAsync() => Task.FromResult(_versions.Public(_versions.Current));

    public Task<AgentManifest?> GetVersionAsync(string version) => Task.FromResult(_versions.Public(_versions.Find(version)));

    public Task<Payload?> GetPlanAsync(string version) => Task.FromResult(_versions.Find(version)?.Plan);

    public Task<ImmutableArray<AgentVersion>> VersionsAsync() =>
        Task.FromResult(_agent.State.Versions.AsEnumerable().Reverse().ToImmutableArray());

    public Task<Outcome<AgentView>> PublishAsync(AgentManifest manifest) => ReleaseAsync(new AgentRelease(manifest));

    public async Task<Outcome<AgentView>> ReleaseAsync(AgentRelease release) =>
        await _releases.PublishAsync(release) is { } refusal ? refusal : View()!;

    public Task<AgentRollout?> GetRolloutAsync() => Task.FromResult(Rollout());

    public async Task<Outcome<AgentRollout>> SetRolloutAsync(SetRollout command) =>
        await _releases.RollOutAsync(command) is { } refusal ? refusal : Rollout()!;

    public async Task<Outcome<AgentRollout>> SetListedAsync(bool listed) =>
        await _releases.SetListedAsync(listed) is { } refusal ? refusal : Rollout()!;

    public Task<Outcome<AgentManifest>> ChooseAsync(Guid? taskId, Guid userId, string? version) =>
        _choice.ForUserAsync(taskId, userId, version);

    public Task<Outcome<AgentManifest>> ChooseForProviderAsync(Guid taskId, string provider) =>
        _choice.ForProviderAsync(taskId, provider);

    public Task<RunPage> RunsAsync(RunQuery query) => Task.FromResult(_statistics.Page(query));

    public Task<AgentMetrics> MetricsAsync(TimeSpan window) => Task.FromResult(_statistics.Metrics(window));

    public Task<AgentEarnings?> EarningsAsync(double? runsPerDay, int? inputBytes) => Task.FromResult(
        _versions.Current is { } current
            ? _statistics.Earnings(current, _versions.Candidate, _agent.State.CandidateShare, runsPerDay, inputBytes)
            : null);

    public Task WatchStepAsync(Guid taskId, int stepId, DateTimeOffset until)
    {
        _notices.Watch(taskId, stepId, until);
        return Task.CompletedTask;
    }

    public Task CancelStepAsync(Guid taskId, int stepId)
    {
        _queue.Cancel(taskId, stepId);
        _endpointGate.Abandon(taskId, stepId);
        return Task.CompletedTask;
    }

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<WorkItem>().ResumeAsync(_receiver);

    public Task<bool> LinkAsync(ProviderLinkState link) => Task.FromResult(_connections.Connect(link));

    public Task UnlinkAsync(string processId, long session, bool atOnce)
    {
        _connections.Disconnect(processId, session, atOnce);
        return Task.CompletedTask;
    }

    public Task AnswerAsync(StepRunResult answer) => _workerResults.TakeAsync(answer);

    public Task HandBackAsync(StepKey step)
    {
        _pool.Return(step);
        return Task.CompletedTask;
    }

    public Task ReportAsync(StepReported report)
    {
        _pool.Find(report.Step)?.Report(report);
        _endpointRuns.Report(report);
        return Task.CompletedTask;
    }

    public Task AcceptedAsync(StepKey step)
    {
        _endpointGate.Accepted(step);
        return Task.CompletedTask;
    }

    public Task<Outcome<CallbackTaken>> EndAsync(StepRunResult answer) => _endpointResults.TakeAsync(answer);

    public Task ReceiveReminder(string reminderName, TickStatus status) => _endpoint.OnReminderAsync();

    private IRunGate GateOf(AgentManifest manifest) => manifest.Transport switch
    {
        AgentTransports.Provider => _workers,
        AgentTransports.Http => _endpointGate,
        _ => _shares,
    };

    private async Task OnPublishedAsync()
    {
        await _owner.FindAsync();
        _endpoint.WatchAsync().Ignore();
    }

    private AgentView? View() => _versions.Current is { } manifest
        ? new AgentView(
            _versions.Public(manifest)!,
            _agent.State.PublishedAt,
            _agent.State.Stats(_queue.Working, _queue.Waiting),
            _connections.View())
        {
            Health = _endpoint.View(manifest),
        }
        : null;

    private AgentRollout? Rollout() => _versions.Rollout(_connections.Served());
}
