using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Domain.Artifacts;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Catalogue;
using Orkestron.Grains.Common;
using Orkestron.Grains.Messages;
using Orkestron.Grains.Placement;
using Orkestron.Journal;
using Orleans.Concurrency;

namespace Orkestron.Grains.Tasks;

/// <summary>
/// One task. Reentrant: a command decides on the fold before its first await, appends, waits until that is durable, then
/// tells. A task that works stays in memory by its timer; one that waits and one that is closed leave soon. A failed append drops the activation; the
/// next one reads the log and dispatches what is outstanding.
/// </summary>
[GrainType("task"), PayerPlacement, Reentrant, CollectionAgeLimit(Minutes = 2)]
internal sealed partial class TaskGrain : Grain, ITaskGrain, ITaskStepsGrain
{
    private readonly EventStream<TaskRecord, TaskEvent> _log;
    private readonly TaskLiveState _pulse;
    private readonly TaskOptions _options;
    private readonly ArtifactOptions _artifactOptions;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly string _activation;
    private readonly LinkedAppends _links;
    private readonly LocalAgents _local;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<Outcome<TaskView>>? _submitting;
    private Guid _holding;

    public TaskGrain(
        IGrainContext context,
        IJournal journal,
        LinkedAppends links,
        LocalAgents local,
        ISealer sealer,
        TimeProvider clock,
        IOptions<TaskOptions> options,
        IOptions<ArtifactOptions> artifactOptions,
        ILogger<TaskGrain> logger)
    {
        _links = links;
        _local = local;
        _options = options.Value;
        _journal = journal;
        _artifactOptions = artifactOptions.Value;
        _clock = clock;
        _logger = logger;
        _activation = context.ActivationId.ToParsableString();
        _pulse = new TaskLiveState(_options.MaxPartialCharacters);
        _receivers = new Receivers(clock);
        _log = new EventStream<TaskRecord, TaskEvent>(
            TaskFold.Kind, context.GrainId.GetGuidKey(), journal, sealer, clock, OnBroken);
    }

    private Guid Id => this.GetPrimaryKey();

    private TaskRecord Record => _log.State;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Wrongly called fresh, the first append would meet the log that stands and be refused.
        if (TaskSubmission.TakeFresh(Id))
        {
            return;
        }

        await _log.LoadAsync();
        _rowKnown = !Record.Exists;
        if (Record.Exists && !Record.Closed)
        {
            await ReadAwayAsync();
            await ResumeAsync();
        }
    }

    public async Task<Outcome<TaskView>> SubmitAsync(SubmitTask command)
    {
        TaskSubmission.TakeFresh(Id);
        // Two equal submissions at once share one run: the second waits and meets the task of the first.
        while (_submitting is { IsCompleted: false } running)
        {
            await running.ContinueWith(static _ => { }, TaskScheduler.Current);
        }

        return await (_submitting = SubmitOnceAsync(command));
    }

    public async Task<Outcome<TaskView>> CancelAsync(CancelTask command)
    {
        if (!Owned(command.UserId))
        {
            return NotFound();
        }

        if (Record.Ended)
        {
            return Record.State == TaskState.Canceled
                ? await ViewAsync()
                : Refuse.With(RefusalCode.TaskEnded, $"The task has ended: it is {Record.State.Word()}.");
        }

        var facts = TaskRules.Cancel(Record, _clock.GetUtcNow(), _options);
        await (facts.Count > 0 ? EndAsync(facts) : _log.DurableAsync());
        return await ViewAsync();
    }

    public async Task<Outcome<TaskView>> GetAsync(Guid userId)
    {
        if (!Owned(userId))
        {
            return NotFound();
        }

        RenewReader();
        return await ViewAsync();
    }

    public async Task<Outcome<TaskView>> WaitAsync(Guid userId, TimeSpan atMost)
    {
        if (!Owned(userId))
        {
            return NotFound();
        }

        if (!Record.Closed && atMost > TimeSpan.Zero)
        {
            _waiting++;
            await _closed.Task
                .WaitAsync(atMost < _options.MaxWait ? atMost : _options.MaxWait, _clock)
                .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            _waiting--;
        }

        RenewReader();
        return await ViewAsync();
    }

    public async Task<Outcome<TaskView>> ShareAsync(ShareTask command)
    {
        if (!Owned(command.UserId))
        {
            return NotFound();
        }

        var now = _clock.GetUtcNow();
        if (command.Secret.Length < 22 || command.ExpiresAt <= now || command.ExpiresAt > now + _options.MaxShareAge)
        {
            return Refuse.With(
                RefusalCode.Invalid,
                $"A share link lives at most {_options.MaxShareAge.TotalDays:0} days and needs a secret of 128 bits.");
        }

        await _log.AppendAsync([new TaskShared(HashOf(command.Secret), command.ExpiresAt)]);
        _pulse.Ring();
        return await ViewAsync();
    }

    public async Task<Outcome<TaskView>> UnshareAsync(Guid userId)
    {
        if (!Owned(userId))
        {
            return NotFound();
        }

        if (Record.Share is not null)
        {
            await _log.AppendAsync([new TaskUnshared()]);
            _pulse.Ring();
        }

        return await ViewAsync();
    }

    public async Task<Outcome<TaskView>> GetSharedAsync(string secret)
    {
        var valid = Record.Share is { } share
            && share.ExpiresAt > _clock.GetUtcNow()
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(share.SecretHash), Encoding.ASCII.GetBytes(HashOf(secret)));
        if (!valid)
        {
            return Refuse.With(RefusalCode.ShareNotFound, "The link has expired or was withdrawn. Ask its sender for a new one.");
        }

        RenewReader();
        return TaskViews.Shared(await ViewAsync());
    }

    private async Task<Outcome<TaskView>> SubmitOnceAsync(SubmitTask command)
    {
        var hash = HashOf(command);
        if (Record.Exists)
        {
            if (!Owned(command.UserId))
            {
                return NotFound();
            }

            return Record.Submission!.RequestHash == hash
                ? await ViewAsync()
                : Refuse.With(
                    RefusalCode.Conflict,
                    "This idempotency key was used for another request. Send the same body, or take a new key.");
        }

        var chosen = command.RetryFrom is { } source
            ? await ReplayedAsync(command, source)
            : await GrainFactory.Get<IAgentGrain>(command.Agent).ChooseAsync(Id, command.UserId, command.Version);
        if (chosen.Value is not { } manifest)
        {
            return chosen.Refusal!;
        }

        var admission = TaskAdmission.Check(command, manifest, _clock.GetUtcNow(), _options);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }

        // From here on there is only what the agent's schema declares: nothing else is stored, and no file in it is lent.
        var dropped = StepTrimmed.Of(1, admission.Input!);
        command = command with { Input = admission.Input!.Value };
        if (await HoldArtifactsAsync(command) is { } lacking)
        {
            return lacking;
        }

        TaskEvent[] continues = command.RetryFrom is { } from ? [new TaskContinues(from.TaskId, from.StepId)] : [];
        _holding = Guid.CreateVersion7(_clock.GetUtcNow());
        var submission = await _log.PrepareAsync(
            [
                new TaskSubmitted(
                    command.UserId, manifest.Key, manifest.Version, admission.HeldMicro, _holding, admission.Deadline, hash, admission.WorkTime,
                    _options.FeeBasisPoints)
                { Content = command.Input },
                .. continues,
                new StepRequested(
                    1,
                    null,
                    null,
                    manifest.Key,
                    manifest.Version,
                    admission.PriceMicro,
                    manifest.KeepsInside,
                    manifest.Recipient),
                .. dropped,
            ],
            task => [TaskRows.Put(Id, task)]);
        var held = await HoldAsync(submission.Append, command.UserId, admission.HeldMicro);
        if (held is { Sent: null, Answer.Refusal: { } poor })
        {
            DropArtifacts(command);
            return poor;
        }

        var submitting = SubmittedAsync(_log.AcceptAsync(submission, held.Sent), command.UserId);
        _pulse.Ring();
        // What an agent inside the platform makes of it meanwhile is not waited for.
        var accepted = TaskViews.Of(Id, Record, _log.Version, _pulse);
        ArmTimer();
        if (manifest.KeepsInside)
        {
            // Lost with a crash, the work is done again and nothing was paid. See ADR 19.
            Dispatch(Record.Step(1)!);
            await submitting;
        }
        else
        {
            await submitting;
            Dispatch(Record.Step(1)!);
        }

        return accepted;
    }

    private async Task<TaskView> ViewAsync()
    {
        await _log.DurableAsync();
        return TaskViews.Of(Id, Record, _log.Version, _pulse);
    }

    private bool Owned(Guid userId) => Record.Exists && Record.Submission!.UserId == userId;

    private static Refusal NotFound() =>
        Refuse.With(RefusalCode.NotFound, "There is no such task among yours. Check the id.");

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string HashOf(SubmitTask command)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{command.Agent}\n{command.BudgetMicro}\n{command.Deadline:O}\n"));
        if (command.RetryFrom is { } from)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{from.TaskId:N}\n{from.StepId}\n"));
        }

        if (command.TimeLimit is { } limit)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"within {limit.Ticks}\n"));
        }

        if (command.Version is { } version)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{version}\n"));
        }

        hash.AppendData(command.Input.Utf8);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void OnBroken()
    {
        LogBroken(_logger, Id);
        // It leaves when no request runs in it any more: those that wait are sent again and meet the next activation.
        _closed.TrySetResult();
        _receivers.TellAll();
        foreach (var caller in _callers.Values)
        {
            caller.TrySetResult(StepCallResult.StillRunning);
        }

        _pulse.Ring();
        DeactivateOnIdle();
    }
}
