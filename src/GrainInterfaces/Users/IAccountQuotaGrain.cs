using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Users;

/// <summary>
/// How many accounts a network address may still open today. Key: <see cref="AccountQuotaKeys.Of"/>. Kept in memory, so that
/// no address is stored.
/// </summary>
[GrainInterfaceType("account-quota"), Alias("orkestron.account-quota")]
public interface IAccountQuotaGrain : IGrainWithStringKey
{
    /// <summary>What opening one more account would take.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<AccountQuota> GetAsync();

    /// <summary>Takes a place for an account.</summary>
    /// <param name="proof">The id of a solved challenge, which counts once; null for none.</param>
    [Alias("take")]
    Task<AccountQuota> TakeAsync(string? proof);

    /// <summary>Gives a place back: no account was opened.</summary>
    [Alias("give-back")]
    Task GiveBackAsync();
}

/// <summary>Whether an account may be opened.</summary>
/// <param name="Granted">It may, or the place was taken.</param>
/// <param name="ProofNeeded">A proof of work opens it now.</param>
/// <param name="Wait">How long until one may be opened without a proof.</param>
[GenerateSerializer, Immutable, Alias("orkestron.account-quota-view")]
public sealed record AccountQuota(
    [property: Id(0)] bool Granted, [property: Id(1)] bool ProofNeeded, [property: Id(2)] TimeSpan Wait);
