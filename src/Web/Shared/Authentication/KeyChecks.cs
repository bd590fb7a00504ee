using System.Security.Claims;
using BitFaster.Caching.Lru;
using Microsoft.Extensions.Options;
using Orkestron.GrainInterfaces.Users;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>
/// The owners of API keys, cached for <see cref="WebOptions.KeyCheck"/>: a key that is revoked on another node is refused here after
/// that time. Concurrent requests share one look-up. Unknown keys are not cached.
/// </summary>
internal sealed class KeyChecks(IGrainFactory grains, TimeProvider clock, IOptions<WebOptions> options)
{
    private const int MaxKeys = 10_000;
    private readonly ConcurrentLru<string, LookUp> _known = new(MaxKeys);

    /// <summary>Whether the owner of a key is cached, so that no look-up is needed.</summary>
    public bool IsCached(string hash) => Fresh(hash) is { IsCompletedSuccessfully: true };

    /// <summary>The owner of a key; null when the key is unknown or revoked.</summary>
    /// <param name="hash">The key's hash.</param>
    public Task<ClaimsPrincipal?> OwnerAsync(string hash) => Fresh(hash) ?? AskAsync(hash);

    /// <summary>Removes the keys of a user from the cache, after one of them was revoked here.</summary>
    public void Forget(Guid userId)
    {
        foreach (var (hash, known) in _known)
        {
            // A look-up under way may have started before the revocation.
            if (!known.Owner.IsCompletedSuccessfully || known.Owner.Result?.UserId() == userId)
            {
                _known.TryRemove(KeyValuePair.Create(hash, known));
            }
        }
    }

    private Task<ClaimsPrincipal?>? Fresh(string hash) =>
        _known.TryGet(hash, out var known) && clock.GetElapsedTime(known.At) < options.Value.KeyCheck ? known.Owner : null;

    private async Task<ClaimsPrincipal?> AskAsync(string hash)
    {
        // The age counts from the start of the look-up.
        var lookUp = new LookUp(clock.GetTimestamp(), LookUpAsync(hash));
        _known.AddOrUpdate(hash, lookUp);
        try
        {
            var owner = await lookUp.Owner;
            if (owner is null)
            {
                _known.TryRemove(KeyValuePair.Create(hash, lookUp));
            }

            return owner;
        }
        catch
        {
            _known.TryRemove(KeyValuePair.Create(hash, lookUp));
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
