
namespace Orkestron.Domain.Users;

/// <summary>
/// Accounts that one network address opened within a day of the first: some are free, then each takes a proof of work or,
/// without one, time; the day has an end. Pure, with the time given.
/// </summary>
internal sealed class AccountQuotaCount(AccountOptions options)
{
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly HashSet<string> _proofs = new(StringComparer.Ordinal);
    private DateTimeOffset _begunAt;
    private DateTimeOffset _freeAt;
    private int _opened;

    /// <summary>What one more account would take.</summary>
    public AccountQuota Look(DateTimeOffset now)
    {
        var (opened, freeAt) = now - _begunAt < Day ? (_opened, _freeAt) : (0, default);
        if (opened < options.FreeAccounts)
        {
            return new AccountQuota(true, false, TimeSpan.Zero);
        }

        if (opened >= options.MaxAccounts)
        {
            return new AccountQuota(false, false, _begunAt + Day - now);
        }

        return new AccountQuota(freeAt <= now, true, freeAt <= now ? TimeSpan.Zero : freeAt - now);
    }

    /// <summary>Takes a place, if there is one.</summary>
    /// <param name="proof">A solved challenge; one that was used before is none.</param>
    /// <param name="now">The time.</param>
    public AccountQuota Take(string? proof, DateTimeOffset now)
    {
        if (now - _begunAt >= Day)
        {
            (_begunAt, _freeAt, _opened) = (now, default, 0);
            _proofs.Clear();
        }

        var quota = Look(now);
        // A proof is used only where it is needed.
        var proved = quota.ProofNeeded && proof is not null && _proofs.Add(proof);
        if (!quota.Granted && !proved)
        {
            return quota;
        }

        _opened++;
        if (_opened >= options.FreeAccounts && !proved)
        {
            _freeAt = now + options.AccountWithoutProofEvery;
        }

        return new AccountQuota(true, false, TimeSpan.Zero);
    }

    /// <summary>The last place was not used.</summary>
    public void GiveBack() => _opened = Math.Max(0, _opened - 1);
}
