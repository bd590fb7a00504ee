using System.Collections.Immutable;

namespace Orkestron.Domain.Wallets;

/// <summary>What an audit found.</summary>
/// <param name="SumMicro">The sum of all postings: 0 when the books balance.</param>
/// <param name="Entries">How many entries there are.</param>
/// <param name="Problems">What is wrong, at most 100; empty when all is well.</param>
[GenerateSerializer, Immutable, Alias("orkestron.ledger-audit")]
public sealed record LedgerAudit(
    [property: Id(0)] long SumMicro, [property: Id(1)] long Entries, [property: Id(2)] ImmutableArray<string> Problems);
