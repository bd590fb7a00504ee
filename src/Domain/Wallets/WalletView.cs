using System.Collections.Immutable;

namespace Orkestron.Domain.Wallets;

/// <summary>A wallet's balance, in micro-tokens.</summary>
/// <param name="AvailableMicro">Free to spend, never below zero.</param>
/// <param name="HeldMicro">Set aside for running tasks.</param>
/// <param name="PendingMicro">On its way in or out.</param>
[GenerateSerializer, Immutable, Alias("orkestron.wallet-view")]
public sealed record WalletView(
    [property: Id(0)] long AvailableMicro, [property: Id(1)] long HeldMicro, [property: Id(2)] long PendingMicro);
