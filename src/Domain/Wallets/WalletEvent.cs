using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Orkestron.Domain.Wallets;

/// <summary>A fact about a wallet. The discriminators stand in the log for ever: add, never rename or reuse.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TokensIssued), TokensIssued.Name)]
[JsonDerivedType(typeof(TokensHeld), TokensHeld.Name)]
[JsonDerivedType(typeof(HoldSettled), HoldSettled.Name)]
internal abstract record WalletEvent
{
    public static string NameOf(WalletEvent fact) => fact switch
    {
        TokensIssued => TokensIssued.Name,
        TokensHeld => TokensHeld.Name,
        HoldSettled => HoldSettled.Name,
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact.GetType().Name, "An event without a name."),
    };
}

/// <summary>Tokens came from the platform's issuance account.</summary>
internal sealed record TokensIssued(Guid CommandId, long AmountMicro, string Reason) : WalletEvent
{
    public const string Name = "wallet.issued";
}

/// <summary>Tokens were set aside for a task.</summary>
internal sealed record TokensHeld(Guid HoldId, Guid TaskId, long AmountMicro) : WalletEvent
{
    public const string Name = "wallet.held";
}

/// <summary>A hold was resolved: shares paid, the rest released.</summary>
internal sealed record HoldSettled(
    Guid HoldId, Guid TaskId, long HeldMicro, ImmutableArray<Share> Shares, string Reason) : WalletEvent
{
    public const string Name = "wallet.settled";
}
