using System.Collections.Immutable;

namespace Orkestron.Domain.Wallets;

/// <summary>Gives tokens.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.issue-tokens")]
public sealed record IssueTokens(
    [property: Id(0)] Guid CommandId, [property: Id(1)] long AmountMicro, [property: Id(2)] string Reason);
