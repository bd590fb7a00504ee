using Orkestron.Domain;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Web.Shared;

namespace Orkestron.Web.Features.Accounts;

/// <summary>Limits the accounts that a network address may open in a day. Beyond a first limit each needs a proof of work.</summary>
internal sealed class AccountGate(IGrainFactory grains, ProofOfWork proofs)
{
    /// <summary>Whether the next account from this address needs a proof of work.</summary>
    public async Task<bool> NeedsProofAsync(HttpContext context) => (await QuotaOf(context).GetAsync()).ProofNeeded;

    /// <summary>Opens an account if the address may open one more, and counts it if that succeeds.</summary>
    /// <returns>
    /// What <paramref name="open"/> returns; <see cref="RefusalCode.ProofRequired"/> or <see cref="RefusalCode.TooMany"/>
    /// instead of it.
    /// </returns>
    public async Task<Outcome<UserView>> OpenAsync(
        HttpContext context, string? proof, Func<Task<Outcome<UserView>>> open)
    {
        var quota = QuotaOf(context);
        var permit = await quota.TakeAsync(proofs.SeedOf(context, proof));
        if (!permit.Granted)
        {
            return permit.ProofNeeded
                ? Refuse.With(
                    RefusalCode.ProofRequired,
                    "Many accounts were opened from your network address today, so this one needs a small proof of work. Without "
                        + $"one, try again in {Text(permit.Wait)}.")
                : Refuse.With(
                    RefusalCode.TooMany,
                    $"Your network address has reached its limit of new accounts for today. Try again in {Text(permit.Wait)}.");
        }

        var opened = false;
        try
        {
            var outcome = await open();
            opened = outcome.Accepted;
            return outcome;
        }
        finally
        {
            if (!opened)
            {
                await quota.GiveBackAsync();
            }
        }
    }

    private IAccountQuotaGrain QuotaOf(HttpContext context) =>
        grains.GetGrain<IAccountQuotaGrain>(AccountQuotaKeys.Of(NetworkAddress.Of(context)));

    private static string Text(TimeSpan wait) => wait.TotalMinutes switch
    {
        <= 1 => "a minute",
        <= 90 and var minutes => $"{Math.Ceiling(minutes):0} minutes",
        _ => $"{Math.Ceiling(wait.TotalHours):0} hours",
    };
}
