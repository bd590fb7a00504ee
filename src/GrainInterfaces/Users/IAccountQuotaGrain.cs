using Orkestron.Domain.Users;
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
