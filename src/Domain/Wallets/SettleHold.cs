using System.Collections.Immutable;

namespace Orkestron.Domain.Wallets;

/// <summary>Resolves a hold.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="Shares">Who gets what; all above zero; the sum is at most the hold.</param>
/// <param name="Reason">completed, failed, canceled, rejected, or orphaned.</param>
[GenerateSerializer, Immutable, Alias("orkestron.settle-hold")]
public sealed record SettleHold(
    [property: Id(0)] Guid HoldId, [property: Id(1)] ImmutableArray<Share> Shares, [property: Id(2)] string Reason);

/// <summary>A part of a captured hold.</summary>
/// <param name="Account">An account's name: see <see cref="Accounts"/>.</param>
/// <param name="AmountMicro">Above zero.</param>
[GenerateSerializer, Immutable, Alias("orkestron.share")]
public sealed record Share([property: Id(0)] string Account, [property: Id(1)] long AmountMicro);
