using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Domain.Endpoints;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.Grains.Common;
using Orkestron.Journal;
using Orleans.Concurrency;

namespace Orkestron.Grains.Endpoints;

/// <summary>A provider's origins. Reentrant: an origin that answers slowly keeps no other waiting.</summary>
[GrainType("provider-endpoints"), Reentrant]
internal sealed partial class ProviderEndpointsGrain(
    [PersistentState("provider-endpoints", StorageNames.Cold)] IPersistentState<ProviderEndpointsRecord> stored,
    DurableStates states,
    IEndpointProbe probe,
    ISealer sealer,
    TimeProvider clock,
    IOptions<EndpointOptions> options,
    ILogger<ProviderEndpointsGrain> logger) : Grain, IProviderEndpointsGrain, IRemindable
{
    private readonly DurableState<ProviderEndpointsRecord> _stored = states.Of(stored);
    private readonly Dictionary<string, Task> _asking = new(StringComparer.Ordinal);

    private string Provider => this.GetPrimaryKeyString();

    private EndpointOptions Options => options.Value;

    private List<EndpointRecord> Origins => _stored.State.Origins;

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
        var refusal = RefuseMore(Origins, address.Id);
        if (refusal is not null)
        {
            return refusal;
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
        await _stored.ChangeAsync(state =>
        {
            refusal = RefuseMore(state.Origins, record.Id);
            if (refusal is null)
            {
                state.Origins.Add(record);
            }

            return refusal is null;
        });
        return refusal is not null
            ? refusal
            : new EndpointCreated(record.View(now, Options), EndpointSecrets.Show(key));
    }

    public Task<ImmutableArray<EndpointView>> ListAsync()
    {
        var now = clock.GetUtcNow();
        return Task.FromResult(Origins.Select(each => each.View(now, Options)).ToImmutableArray());
    }

    public async Task<Outcome<EndpointView>> VerifyAsync(string id)
    {
        if (Find(id) is not { } known)
        {
            return Unknown(id);
        }

        await AskAsync(known);
        return Find(id) is not { } record ? Unknown(id)
            : record.Problem is null ? record.View(clock.GetUtcNow(), Options)
            : Unproven(record);
    }

    public async Task<Outcome<EndpointCreated>> RotateAsync(string id)
    {
        var key = EndpointSecrets.NewKey();
        var secret = await sealer.SealAsync(Provider, id, key);
        var (now, rotated) = (clock.GetUtcNow(), (EndpointView?)null);
        await _stored.ChangeAsync(state =>
        {
            rotated = null;
            if (Find(state.Origins, id) is not { } record)
            {
                return false;
            }

            (record.Previous, record.PreviousUntil) = (record.Secret, now + Options.SecretOverlap);
            (record.Secret, record.SecretAt) = (secret, now);
            rotated = record.View(now, Options);
            return true;
        });
        return rotated is null ? Unknown(id) : new EndpointCreated(rotated, EndpointSecrets.Show(key));
    }

    public async Task<Outcome<EndpointView>> RemoveAsync(string id)
    {
        if (Find(id) is not { } record)
        {
            return Unknown(id);
        }

        await _stored.ChangeAsync(state => state.Origins.RemoveAll(each => each.Id == id) > 0);
        return record.View(clock.GetUtcNow(), Options);
    }

    public async Task<Outcome<EndpointView>> AdmitAsync(string url)
    {
        if (!EndpointAddress.TryRead(url, Options.AllowLoopback, out var address, out var fault))
        {
            return Refuse.With(RefusalCode.EndpointNotAllowed, fault);
        }

        if (Find(address.Id) is { } known && known.Origin == address.Origin
            && !known.IsProven([], clock.GetUtcNow(), Options.ProofAge))
        {
            await AskAsync(known);
        }

        if (Find(address.Id) is not { } record || record.Origin != address.Origin)
        {
            return Refuse.With(
                RefusalCode.EndpointUnverified,
                $"Show first that {address.Origin} is yours: POST /api/v1/providers/{Provider}/endpoints "
                + $$"""{"origin": "{{address.Origin}}"} answers with a token and says where to serve it.""");
        }

        return record.IsProven([], clock.GetUtcNow(), Options.ProofAge) ? record.View(clock.GetUtcNow(), Options) : Unproven(record);
    }

    public async Task<Outcome<EndpointPass>> PassAsync(string id, ImmutableArray<string> addresses)
    {
        if (Find(id) is { } known && !known.IsProven(addresses, clock.GetUtcNow(), Options.ProofAge)
            && !IsPaused(known, addresses))
        {
            await AskAsync(known);
        }

        if (Find(id) is not { } record)
        {
            return Refuse.With(RefusalCode.EndpointUnverified, "The agent's endpoint is not registered any more.");
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
            var now = clock.GetUtcNow();
            var suspended = Find(record.Id)?.IsSuspended(Options);
            await _stored.ChangeAsync(state =>
            {
                var origin = Find(state.Origins, record.Id);
                origin?.RecordProof(answer, now, Options);
                return origin is not null;
            });
            if (suspended is false && Find(record.Id) is { } failed && failed.IsSuspended(Options))
            {
                LogSuspended(logger, failed.Origin, Provider, failed.FailingSince, failed.Problem);
            }
        }
        finally
        {
            _asking.Remove(record.Id);
        }
    }

    private EndpointRecord? Find(string id) => Find(Origins, id);

    private static EndpointRecord? Find(List<EndpointRecord> origins, string id) => origins.Find(each => each.Id == id);

    private Refusal? RefuseMore(List<EndpointRecord> origins, string id) => Find(origins, id) is not null
        ? Refuse.With(
            RefusalCode.Conflict, $"{id} is registered. GET lists its challenge; POST .../{id}/rotate-secret makes a new secret.")
        : origins.Count >= Options.MaxOrigins
            ? Refuse.With(RefusalCode.TooMany, $"A provider has at most {Options.MaxOrigins} origins.")
            : null;

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
