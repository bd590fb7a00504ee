using Orkestron.Domain;
using Orkestron.Domain.Wallets;

namespace Orkestron.Grains.Tests.Wallets;

public sealed class WalletRulesTests
{
    private static readonly Guid Id = Guid.Parse("0193a000-0000-7000-8000-000000000009");

    private static readonly WalletRecord Wallet = WalletRecord.Empty with
    {
        AvailableMicro = 50,
        HeldMicro = 100,
        Holds = WalletRecord.Empty.Holds.Add(Id, new OpenHold(Id, 100, DateTimeOffset.UnixEpoch)),
    };

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(WalletRules.MaxMicro + 1)]
    [InlineData(long.MaxValue)]
    public void Issue_AmountOutOfRange_IsInvalid(long amount) =>
        Assert.Equal(RefusalCode.Invalid, WalletRules.Issue(Wallet, new IssueTokens(Id, amount, "x")).Refusal!.Code);

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void Hold_BelowZero_IsInvalid(long amount) => Assert.Equal(
        RefusalCode.Invalid, WalletRules.Hold(Wallet, new HoldTokens(Guid.NewGuid(), Id, amount), 9).Refusal!.Code);

    [Fact]
    public void Hold_OfZero_IsTakenForAFreeAgentsTask() =>
        Assert.IsType<TokensHeld>(WalletRules.Hold(WalletRecord.Empty, new HoldTokens(Guid.NewGuid(), Id, 0), 9).Fact);

    [Fact]
    public void Hold_MoreThanAvailable_SaysHowMuchIsMissing()
    {
        var rich = WalletRecord.Empty with { AvailableMicro = 1_000_000 };

        var refusal = WalletRules.Hold(rich, new HoldTokens(Id, Id, 1_250_000), 9).Refusal!;

        Assert.Equal(RefusalCode.InsufficientTokens, refusal.Code);
        Assert.Contains("0.25 are missing", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Hold_TooManyOpen_IsRefused() => Assert.Equal(
        RefusalCode.TooMany, WalletRules.Hold(Wallet, new HoldTokens(Guid.NewGuid(), Id, 1), 1).Refusal!.Code);

    [Theory]
    [InlineData("provider:acme:payable", 101)]
    [InlineData("provider:acme:payable", 0)]
    [InlineData("provider:acme:payable", -5)]
    [InlineData("provider:acme:payable", long.MaxValue)]
    [InlineData("platform:issuance", 5)]
    [InlineData("user:0193a00000007000800000000000000a:available", 5)]
    [InlineData("", 5)]
    public void Settle_WrongShare_IsInvalid(string account, long amount) => Assert.Equal(
        RefusalCode.Invalid,
        WalletRules.Settle(Wallet, new SettleHold(Id, [new Share(account, amount)], "completed")).Refusal!.Code);

    [Fact]
    public void Settle_SharesTogetherAboveTheHold_IsInvalid() => Assert.NotNull(WalletRules.Settle(
        Wallet, new SettleHold(Id, [new(Accounts.Fees, 60), new(Accounts.Payable("a"), 41)], "completed")).Refusal);

    [Fact]
    public void Settle_SameAccountTwice_IsInvalid() => Assert.NotNull(WalletRules.Settle(
        Wallet, new SettleHold(Id, [new(Accounts.Fees, 1), new(Accounts.Fees, 1)], "completed")).Refusal);

    [Fact]
    public void Settle_SharesLeftOut_IsInvalid() => Assert.Equal(
        RefusalCode.Invalid, WalletRules.Settle(Wallet, new SettleHold(Id, default, "completed")).Refusal!.Code);

    [Fact]
    public void Entry_OfAPartialCapture_PaysSharesAndReturnsTheRest()
    {
        var entry = LedgerEntry.Of(
            Id, DateTimeOffset.UnixEpoch, new HoldSettled(Id, Id, 100, [new(Accounts.Fees, 30)], "completed"));

        Assert.Equal((LedgerEntry.Capture, -30), (entry.Kind, entry.AmountMicro));
        Assert.Equal(
            [new(Accounts.Held(Id), -100), new(Accounts.Fees, 30), new PostingView(Accounts.Available(Id), 70)],
            entry.Postings);
    }

    [Fact]
    public void SettlementId_SameHold_IsTheSame()
    {
        Assert.Equal(LedgerEntry.SettlementId(Id), LedgerEntry.SettlementId(Id));
        Assert.NotEqual(LedgerEntry.SettlementId(Id), LedgerEntry.SettlementId(Guid.NewGuid()));
        Assert.NotEqual(Id, LedgerEntry.SettlementId(Id));
    }

    [Fact]
    public void Snapshot_OfAWallet_ComesBackAsItWas()
    {
        var read = EventCodec.Read(EventCodec.Write(Wallet, WalletFold.Kind.SnapshotJson!), WalletFold.Kind.SnapshotJson!);

        Assert.Equal(Wallet with { Holds = read.Holds }, read);
        Assert.Equal(Wallet.Holds, read.Holds);
    }
}
