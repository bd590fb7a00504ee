using System.Collections.Immutable;
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

/// <summary>What an audit found.</summary>
/// <param name="SumMicro">The sum of all postings: 0 when the books balance.</param>
/// <param name="Entries">How many entries there are.</param>
/// <param name="Problems">What is wrong, at most 100; empty when all is well.</param>
[GenerateSerializer, Immutable, Alias("orkestron.ledger-audit")]
public sealed record LedgerAudit(
    [property: Id(0)] long SumMicro, [property: Id(1)] long Entries, [property: Id(2)] ImmutableArray<string> Problems);
