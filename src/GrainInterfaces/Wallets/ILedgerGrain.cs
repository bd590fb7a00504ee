using System.Collections.Immutable;
using Orkestron.Domain.Wallets;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Wallets;

/// <summary>Reads the whole ledger. A stateless worker; key: 0.</summary>
[GrainInterfaceType("ledger"), Alias("orkestron.ledger")]
public interface ILedgerGrain : IGrainWithIntegerKey
{
    /// <summary>The balance of an account: the sum of its postings, in micro-tokens.</summary>
    [Alias("balance"), AlwaysInterleave]
    Task<long> BalanceMicroAsync(string account);

    /// <summary>
    /// Checks the books: the sum of all postings is zero, and each wallet's balance is the sum of its postings.
    /// </summary>
    [Alias("audit"), ResponseTimeout("00:10:00")]
    Task<LedgerAudit> AuditAsync();
}
