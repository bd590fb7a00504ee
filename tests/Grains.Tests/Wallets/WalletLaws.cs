using CsCheck;
using Orkestron.Domain;
using Orkestron.Domain.Wallets;

namespace Orkestron.Grains.Tests.Wallets;

/// <summary>What holds after any commands in any order, decided and folded without a grain.</summary>
public sealed class WalletLaws
{
    private static readonly Guid User = Guid.Parse("0193a000-0000-7000-8000-000000000001");

    private static readonly Gen<(int What, int Pick, long Amount)[]> Commands =
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 1_000], Gen.Long[-5, 500]).Array[1, 100];

    [Fact]
    public void Commands_AnyOrder_KeepTheBooks() => Commands.Sample(commands =>
    {
        var wallet = WalletRecord.Empty;
        var accounts = new Dictionary<string, long>(StringComparer.Ordinal);
        var resolved = new HashSet<Guid>();
        var holds = new List<HoldTokens>();
        var version = 0L;
        foreach (var (what, pick, amount) in commands)
        {
            if (Decide(what, pick, amount).Fact is not { } fact)
            {
                continue;
            }

            wallet = WalletFold.Apply(wallet, new Recorded<WalletEvent>(++version, DateTimeOffset.UnixEpoch, fact));
            var entry = LedgerEntry.Of(User, DateTimeOffset.UnixEpoch, fact);
            Assert.Equal(0, entry.Postings.Sum(posting => posting.AmountMicro));
            foreach (var posting in entry.Postings)
            {
                accounts[posting.Account] = accounts.GetValueOrDefault(posting.Account) + posting.AmountMicro;
            }

            Assert.True(wallet.AvailableMicro >= 0, "Overdrawn.");
            Assert.Equal(wallet.Holds.Values.Sum(hold => hold.AmountMicro), wallet.HeldMicro);
            Assert.Equal(wallet.AvailableMicro, accounts.GetValueOrDefault(Accounts.Available(User)));
            Assert.Equal(wallet.HeldMicro, accounts.GetValueOrDefault(Accounts.Held(User)));
            Assert.True(fact is not HoldSettled settled || resolved.Add(settled.HoldId), "A hold resolved twice.");
        }

        Assert.Equal(0, accounts.Values.Sum());

        WalletDecision Decide(int what, int pick, long amount)
        {
            var hold = holds.Count > 0 ? holds[pick % holds.Count] : null;
            switch (what)
            {
                case 0:
                    return WalletRules.Issue(wallet, new IssueTokens(Guid.NewGuid(), amount, "law"));
                case 1:
                    var command = new HoldTokens(Guid.NewGuid(), Guid.NewGuid(), amount);
                    holds.Add(command);
                    return WalletRules.Hold(wallet, command, maxHolds: 10);
                case 2 when hold is not null && wallet.Holds.ContainsKey(hold.HoldId):
                    return WalletRules.Hold(wallet, hold with { AmountMicro = amount }, maxHolds: 10);
                case 3 when hold is not null:
                    return WalletRules.Settle(wallet, new SettleHold(hold.HoldId, [], "orphaned"));
                case 4 when hold is not null:
                    return WalletRules.Settle(wallet, new SettleHold(
                        hold.HoldId, [new(Accounts.Payable("acme"), amount), new(Accounts.Fees, 1)], "completed"));
                default:
                    return default;
            }
        }
    });
}
