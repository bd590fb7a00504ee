using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.Grains.Common;
using Orkestron.Journal;
using Orleans.Concurrency;

namespace Orkestron.Grains.Endpoints;

/// <summary>A provider's origins. Reentrant: an origin that answers slowly keeps no other waiting.</summary>
[GrainType("provider-endpoints"), Reentrant]
internal sealed partial class ProviderEndpointsGrain(
    [PersistentState("provider-endpoints", StorageNames.Cold)] IPersistentState<ProviderEndpointsRecord> stored,
    IEndpointProbe probe,
    ISealer sealer,
    TimeProvider clock,
    IOptions<EndpointOptions> options,
    ILogger<ProviderEndpointsGrain> logger) : Grain, IProviderEndpointsGrain, IRemindable
{
    private readonly Dictionary<string, Task> _asking = new(StringComparer.Ordinal);
    private Task _saving = Task.CompletedTask;

    private string Provider => this.GetPrimaryKeyString();

    private EndpointOptions Options => options.Value;

    public async Task<Outcome<EndpointCreated>> RegisterAsync(string origin)
    {
        if (!EndpointAddress.TryRead(origin, Options.AllowLoopback, out var address, out var fault))
        {
            return Refuse.With(RefusalCode.EndpointNotAllowed, fault);
        }

        if (address.Url.PathAndQuery != "/")
        {
            return Refuse.With(
                RefusalCode.EndpointNotAllowed, $"Register the origin alone: {address.Origin}. Agents have the whole address.");
        }

        var key = EndpointSecrets.NewKey();
        var secret = await sealer.SealAsync(Provider, address.Id, key);
        if (Find(address.Id) is not null)
        {
            return Refuse.With(
                RefusalCode.Conflict,
                $"{address.Id} is registered. GET lists its challenge; POST .../{address.Id}/rotate-secret makes a new secret.");
        }

        if (stored.State.Origins.Count >= Options.MaxOrigins)
        {
            return Refuse.With(RefusalCode.TooMany, $"A provider has at most {Options.MaxOrigins} origins.");
        }

        var now = clock.GetUtcNow();
        var record = new EndpointRecord
        {
            Id = address.Id,
            Origin = address.Origin,
            Token = EndpointSecrets.NewToken(),
            Secret = secret,
            SecretAt = now,
        };
        // First: a reminder without an origin ends itself, an origin without a reminder would not be asked again.
        await WatchAsync(Options.ProofPeriod);
        stored.State.Origins.Add(record);
        await SaveAsync();
        return new EndpointCreated(record.View(now, Options), EndpointSecrets.Show(key));
    }

    public Task<ImmutableArray<EndpointView>> ListAsync()
    {
        var now = clock.GetUtcNow();
        return Task.FromResult(stored.State.Origins.Select(each => each.View(now, Options)).ToImmutableArray());
    }

    public async Task<Outcome<EndpointView>> VerifyAsync(string id)
    {
        if (Find(id) is not { } record)
        {
            return Unknown(id);
        }

        await AskAsync(record);
        return record.Problem is null ? record.View(clock.GetUtcNow(), Options) : Unproven(record);
    }

    public async Task<Outcome<EndpointCreated>> RotateAsync(string id)
    {
        var key = EndpointSecrets.NewKey();
        var secret = await sealer.SealAsync(Provider, id, key);
        if (Find(id) is not { } record)
        {
            return Unknown(id);
        }

        var now = clock.GetUtcNow();
        (record.Previous, record.PreviousUntil) = (record.Secret, now + Options.SecretOverlap);
        (record.Secret, record.SecretAt) = (secret, now);
        await SaveAsync();
        return new EndpointCreated(record.View(now, Options), EndpointSecrets.Show(key));
    }

    public async Task<Outcome<EndpointView>> RemoveAsync(string id)
    {
        if (Find(id) is not { } record)
        {
            return Unknown(id);
        }

        stored.State.Origins.Remove(record);
        await SaveAsync();
        return record.View(clock.GetUtcNow(), Options);
    }

    public async Task<Outcome<EndpointView>> AdmitAsync(string url)
    {
        if (!EndpointAddress.TryRead(url, Options.AllowLoopback, out var address, out var fault))
        {
            return Refuse.With(RefusalCode.EndpointNotAllowed, fault);
        }

        if (Find(address.Id) is not { } record || record.Origin != address.Origin)
        {
            return Refuse.With(
                RefusalCode.EndpointUnverified,
                $"Show first that {address.Origin} is yours: POST /api/v1/providers/{Provider}/endpoints "
                + $$"""{"origin": "{{address.Origin}}"} answers with a token and says where to serve it.""");
        }

        if (!record.IsProven([], clock.GetUtcNow(), Options.ProofAge))
        {
            await AskAsync(record);
        }

        return record.IsProven([], clock.GetUtcNow(), Options.ProofAge) ? record.View(clock.GetUtcNow(), Options) : Unproven(record);
    }

    public async Task<Outcome<EndpointPass>> PassAsync(string id, ImmutableArray<string> addresses)
    {
        if (Find(id) is not { } record)
        {
            return Refuse.With(RefusalCode.EndpointUnverified, "The agent's endpoint is not registered any more.");
        }

        if (!record.IsProven(addresses, clock.GetUtcNow(), Options.ProofAge) && !IsPaused(record, addresses))
        {
            await AskAsync(record);
        }

        // Asked at the addresses it has now; those it had when the caller looked may be gone.
        var now = clock.GetUtcNow();
        if (!record.IsProven([], now, Options.ProofAge) && !record.HasGrace(addresses, Options))
        {
            return Refuse.With(
                RefusalCode.EndpointUnverified, "The agent's endpoint does not prove to be its provider's now. Nothing was sent.");
        }

        return new EndpointPass(record.Previous is { } previous && record.PreviousUntil > now
            ? [record.Secret, previous]
            : [record.Secret]);
    }

    // An origin that failed is not asked by each step that is for it.
    private bool IsPaused(EndpointRecord record, ImmutableArray<string> addresses) => record.Problem is not null
        && clock.GetUtcNow() < record.CheckedAt + (record.HasGrace(addresses, Options) ? Options.ProofRetry : Options.ProofPause);

    /// <summary>Asks an origin for its token, once for all who want to know.</summary>
    private Task AskAsync(EndpointRecord record)
    {
        if (!_asking.TryGetValue(record.Id, out var asking))
        {
            _asking[record.Id] = asking = AskOnceAsync(record);
        }

        return asking;
    }

    private async Task AskOnceAsync(EndpointRecord record)
    {
        await Task.Yield();
        try
        {
            EndpointAddress.TryRead(record.Origin, Options.AllowLoopback, out var address, out var fault);
            var answer = address is null
                ? new ProbeResult(null, fault, [])
                : await probe.AskAsync(address, CancellationToken.None);
            var suspended = record.IsSuspended(Options);
            record.Note(answer, clock.GetUtcNow(), Options);
            if (record.IsSuspended(Options) && !suspended)
            {
                LogSuspended(logger, record.Origin, Provider, record.FailingSince, record.Problem);
            }

            await SaveAsync();
        }
        finally
        {
            _asking.Remove(record.Id);
        }
    }

    // One write at a time: two at once would each hold the version before the other.
    private async Task SaveAsync()
    {
        var before = _saving;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _saving = done.Task;
        try
        {
            await before;
            await stored.SaveAsync(this);
        }
        finally
        {
            done.SetResult();
        }
    }

    private EndpointRecord? Find(string id) => stored.State.Origins.Find(each => each.Id == id);

    private static Refusal Unknown(string id) => Refuse.With(
        RefusalCode.NotFound, $"No such endpoint is registered: '{(id.Length <= 100 ? id : id[..100])}'. GET lists them.");

    private static Refusal Unproven(EndpointRecord record) =>
        Refuse.With(RefusalCode.EndpointUnverified, ChallengeRules.HowTo(record));

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Origin} of {Provider} is suspended: it fails its proof since {Since}. {Problem}")]
    private static partial void LogSuspended(
        ILogger logger, string origin, string provider, DateTimeOffset? since, string? problem);
}
