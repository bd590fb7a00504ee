using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using Orkestron.GrainInterfaces.Users;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>
/// Whom API keys stand for, believed for <see cref="WebOptions.KeyCheck"/>: a key that is revoked at another node is refused here
/// once that has passed. Requests that come while a key is looked up share the look-up. That a key is unknown is not kept.
/// </summary>
internal sealed class KeyChecks(IGrainFactory grains, TimeProvider clock, IOptions<WebOptions> options)
{
    private const int MaxKeys = 10_000;
    private readonly ConcurrentDictionary<string, LookUp> _known = new(StringComparer.Ordinal);

    /// <summary>Whether the answer for a key is at hand, so that asking costs nothing.</summary>
    public bool IsAtHand(string hash) => Fresh(hash) is { IsCompletedSuccessfully: true };

    /// <summary>The user whom a key stands for; null for an unknown or revoked one.</summary>
    /// <param name="hash">The key's hash.</param>
    public Task<ClaimsPrincipal?> OwnerAsync(string hash) => Fresh(hash) ?? AskAsync(hash);

    /// <summary>Forgets the keys of a user, one of which was revoked here.</summary>
    public void Forget(Guid userId)
    {
        foreach (var (hash, known) in _known)
        {
            // One that is being looked up may come from before.
            if (!known.Owner.IsCompletedSuccessfully || known.Owner.Result?.UserId() == userId)
            {
                _known.TryRemove(new(hash, known));
            }
        }
    }

    private Task<ClaimsPrincipal?>? Fresh(string hash) =>
        _known.TryGetValue(hash, out var known) && clock.GetElapsedTime(known.At) < options.Value.KeyCheck ? known.Owner : null;

    private async Task<ClaimsPrincipal?> AskAsync(string hash)
    {
        if (_known.Count >= MaxKeys)
        {
            _known.Clear();
        }

        // The age of an answer counts from the question.
        var lookUp = new LookUp(clock.GetTimestamp(), LookUpAsync(hash));
        _known[hash] = lookUp;
        try
        {
            var owner = await lookUp.Owner;
            if (owner is null)
            {
                _known.TryRemove(new(hash, lookUp));
            }

            return owner;
        }
        catch
        {
            _known.TryRemove(new(hash, lookUp));
            throw;
        }
    }

    private async Task<ClaimsPrincipal?> LookUpAsync(string hash) => await grains.GetGrain<IApiKeyGrain>(hash).OwnerAsync() is { } owner
        ? UserClaims.Principal(
            owner.UserId,
            Schemes.ApiKey,
            owner.Scopes.Select(static scope => new Claim(UserClaims.Scope, scope)).Append(new Claim(UserClaims.KeyHash, hash)))
        : null;

    private sealed record LookUp(long At, Task<ClaimsPrincipal?> Owner);
}
