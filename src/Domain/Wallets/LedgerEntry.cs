using System.Collections.Immutable;

namespace Orkestron.Domain.Wallets;

/// <summary>The entry that a wallet's fact makes in the ledger. Pure; its postings sum to zero.</summary>
internal static class LedgerEntry
{
    public const string Issue = "issue";
    public const string Hold = "hold";
    public const string Capture = "capture";
    public const string Release = "release";

    public static EntryView Of(Guid userId, DateTimeOffset at, WalletEvent fact) => fact switch
    {
        TokensIssued issued => new(
            issued.CommandId,
            at,
            Issue,
            issued.AmountMicro,
            null,
            [new(Accounts.Issuance, -issued.AmountMicro), new(Accounts.Available(userId), issued.AmountMicro)]),
        TokensHeld held => new(
            held.HoldId,
            at,
            Hold,
            held.AmountMicro,
            held.TaskId,
            [new(Accounts.Available(userId), -held.AmountMicro), new(Accounts.Held(userId), held.AmountMicro)]),
        HoldSettled settled => Settled(userId, at, settled),
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact.GetType().Name, "A fact without an entry."),
    };

    /// <summary>The id of the entry that resolves a hold: the same whenever it is computed, so there is one.</summary>
    public static Guid SettlementId(Guid holdId)
    {
        Span<byte> text = stackalloc byte[16 + 6];
        holdId.TryWriteBytes(text, bigEndian: true, out _);
        "settle"u8.CopyTo(text[16..]);
        return DerivedId.Of(text);
    }

    private static EntryView Settled(Guid userId, DateTimeOffset at, HoldSettled fact)
    {
        var paid = WalletFold.Paid(fact);
        var postings = ImmutableArray.CreateBuilder<PostingView>(fact.Shares.Length + 2);
        postings.Add(new(Accounts.Held(userId), -fact.HeldMicro));
        foreach (var share in fact.Shares)
        {
            postings.Add(new(share.Account, share.AmountMicro));
        }

        if (paid < fact.HeldMicro)
        {
            postings.Add(new(Accounts.Available(userId), fact.HeldMicro - paid));
        }

        return new(
            SettlementId(fact.HoldId),
            at,
            paid > 0 ? Capture : Release,
            paid > 0 ? -paid : fact.HeldMicro,
            fact.TaskId,
            postings.DrainToImmutable());
    }
}
