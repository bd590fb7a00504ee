using Microsoft.Extensions.Logging;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Providers;

namespace Orkestron.Grains.Agents;

// The log of runs and their figures, stored now and then: a crash may take the last seconds of it.
internal sealed partial class AgentGrain
{
    private const int MaxCode = 60;
    private static readonly TimeSpan MaxWindow = TimeSpan.FromDays(30);
    private bool _logged;
    private Guid? _ownerId;

    public Task<RunPage> RunsAsync(RunQuery query) => Task.FromResult(_runs.State.Page(query));

    public Task<AgentMetrics> MetricsAsync(TimeSpan window) =>
        Task.FromResult(RunTimes.Exact(
            RunBuckets.Sum(_runs.State.Buckets, clock.GetUtcNow(), window < MaxWindow ? window : MaxWindow), _runs.State.Runs));

    public Task<AgentEarnings?> EarningsAsync(double? runsPerDay, int? inputBytes) => Task.FromResult(
        Record.Manifest is { } current
            ? EarningsRules.Preview(
                current,
                Record.Candidate is { } candidate ? Find(candidate) : null,
                Record.CandidateShare,
                _runs.State,
                clock.GetUtcNow(),
                taskOptions.Value.FeeBasisPoints,
                runsPerDay,
                inputBytes)
            : null);

    /// <summary>
    /// Counts a run in the public figures. What the provider's owner ran and paid for tells others nothing: it stands in the
    /// owner's log alone.
    /// </summary>
    private void Count(WorkItem? work, StepEnd end)
    {
        if (IsOwn(work))
        {
            return;
        }

        Record.Count(
            end.Failure, Record.Manifest!.Transport, end.EndedAt - end.StartedAt, options.Value.MaxDurations);
        _dirty = true;
    }

    private bool IsOwn(WorkItem? work) => _ownerId is { } owner && work?.OwnerId == owner;

    /// <summary>Asks whose agent this is: a provider's name belongs to its owner for good.</summary>
    private async Task LearnOwnerAsync()
    {
        if (_ownerId is not null || Record.Manifest is not { } manifest || ProviderNames.IsReserved(manifest.Provider))
        {
            return;
        }

        try
        {
            _ownerId = (await GrainFactory.GetGrain<IProviderGrain>(manifest.Provider).GetAsync())?.OwnerId;
        }
        catch (Exception fault)
        {
            // Its runs count until it is known.
            LogOwnerUnknown(logger, this.GetPrimaryKeyString(), fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whose agent {Agent} is could not be asked; its owner's runs count as others'.")]
    private static partial void LogOwnerUnknown(ILogger logger, string agent, Exception fault);

    /// <summary>Writes a run down; without its work, where the run was begun by an activation before this one.</summary>
    private void Log(WorkItem? work, AgentManifest agreed, StepEnd end, DateTimeOffset? since, int lost = 0)
    {
        var wait = since is { } from ? (long?)Math.Max(0, (end.StartedAt - from).TotalMilliseconds) : null;
        _runs.State.Add(
            new LoggedRun(
                _runs.State.Last + 1,
                agreed.Version,
                end.StartedAt,
                Math.Max(0, (long)(end.EndedAt - end.StartedAt).TotalMilliseconds),
                wait,
                end.Failure is { Code: var code } ? code.Length <= MaxCode ? code : code[..MaxCode] : LoggedRun.Succeeded,
                end.Attempt + lost,
                end.Failure is not null ? 0 : work is null ? null : NetMicro(agreed.Price.QuoteMicro(work.Input.Length)),
                work?.Input.Length,
                end.Output?.Length,
                agreed.Transport)
            {
                Own = IsOwn(work),
                InputError = RunBlame.IsUsers(end.Failure, agreed.Transport),
            },
            options.Value);
        _logged = true;
    }

    private long NetMicro(long priceMicro) => priceMicro - TaskSettlement.FeeMicro(priceMicro, taskOptions.Value.FeeBasisPoints);
}
