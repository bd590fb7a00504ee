
namespace Orkestron.Domain.Wallets;

/// <summary>Folds events into a wallet. Pure.</summary>
internal static class WalletFold
{
    public static EventKind<WalletRecord, WalletEvent> Kind { get; } = new()
    {
        Prefix = "wallet/",
        EventJson = WalletJson.Default.WalletEvent,
        TypeOf = WalletEvent.NameOf,
        Initial = WalletRecord.Empty,
        Apply = Apply,
        SnapshotJson = WalletJson.Default.WalletRecord,
    };

    public static WalletRecord Apply(WalletRecord wallet, Recorded<WalletEvent> recorded) => recorded.Event switch
    {
        TokensIssued fact => wallet with { AvailableMicro = checked(wallet.AvailableMicro + fact.AmountMicro) },
        TokensHeld fact => new(
            wallet.AvailableMicro - fact.AmountMicro,
            checked(wallet.HeldMicro + fact.AmountMicro),
            wallet.Holds.Add(fact.HoldId, new OpenHold(fact.TaskId, fact.AmountMicro, recorded.At))),
        HoldSettled fact => new(
            checked(wallet.AvailableMicro + fact.HeldMicro - Paid(fact)),
            wallet.HeldMicro - fact.HeldMicro,
            wallet.Holds.Remove(fact.HoldId)),
        _ => wallet,
    };

    public static long Paid(HoldSettled fact)
    {
        var paid = 0L;
        foreach (var share in fact.Shares)
        {
            paid = checked(paid + share.AmountMicro);
        }

        return paid;
    }
}
