using CsCheck;
using Orkestron.Domain;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Grains.Common;
using Orkestron.Grains.Tests.Common;

namespace Orkestron.Grains.Tests.Wallets;

/// <summary>Random commands to a wallet's grain, repeated, overlapping, across faults: the books always balance.</summary>
[Collection("silo")]
public sealed class WalletStorms(TestSilo silo)
{
    private enum Do
    {
        Issue,
        Hold,
        Settle,
        Release,
        RepeatIssue,
        RepeatHold,
        RepeatSettle,
        OtherSettle,
        Commit,
        Fault,
        Later,
    }

    private static readonly Gen<(Do Do, int Pick, int Amount)[]> Steps = Gen.Select(
        Gen.Int[0, 10].Select(each => (Do)each), Gen.Int[0, 1_000], Gen.Int[0, 500]).Array[1, 60];

    [Fact]
    public Task Commands_OverlappingAndFailing_KeepTheBooks() => Steps.SampleAsync(RunAsync, iter: 25, threads: 1);

    private async Task RunAsync((Do Do, int Pick, int Amount)[] steps)
    {
        var stage = new WalletStage(silo);
        var issues = new List<IssueTokens>();
        var holds = new List<HoldTokens>();
        var settlements = new List<SettleHold>();
        var answers = new Dictionary<Guid, EntryView>();
        var running = new List<Task>();
        silo.Journal.Hold();
        try
        {
            foreach (var (what, pick, amount) in steps)
            {
                switch (what)
                {
                    case Do.Issue:
                        issues.Add(new IssueTokens(stage.NewId(), amount + 1, "storm"));
                        running.Add(stage.Wallet.IssueAsync(issues[^1]));
                        break;
                    case Do.Hold:
                        holds.Add(new HoldTokens(stage.NewId(), Guid.NewGuid(), amount));
                        running.Add(stage.Wallet.HoldAsync(holds[^1]));
                        break;
                    case Do.Settle or Do.Release when holds.Count > 0:
                        var hold = holds[pick % holds.Count];
                        settlements.Add(WalletStage.Settle(
                            hold.HoldId, what == Do.Settle ? Split(hold.AmountMicro, amount) : []));
                        running.Add(SettleAsync(settlements[^1]));
                        break;
                    case Do.RepeatIssue when issues.Count > 0:
                        running.Add(stage.Wallet.IssueAsync(issues[pick % issues.Count]));
                        break;
                    case Do.RepeatHold when holds.Count > 0:
                        running.Add(stage.Wallet.HoldAsync(holds[pick % holds.Count]));
                        break;
                    case Do.RepeatSettle when settlements.Count > 0:
                        running.Add(SettleAsync(settlements[pick % settlements.Count]));
                        break;
                    case Do.OtherSettle when settlements.Count > 0:
                        running.Add(SettleAsync(settlements[pick % settlements.Count] with
                        {
                            Shares = [new Share(Accounts.Payable("other"), amount + 1)],
                        }));
                        break;
                    case Do.Commit:
                        silo.Journal.Commit();
                        break;
                    case Do.Fault:
                        silo.Journal.Fail();
                        break;
                    case Do.Later:
                        silo.Clock.Advance(TimeSpan.FromSeconds(amount));
                        break;
                }
            }
        }
        finally
        {
            silo.Journal.Release();
        }

        foreach (var each in running)
        {
            await each.ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        await CheckAsync(stage, issues, answers);

        async Task SettleAsync(SettleHold command)
        {
            if ((await stage.Wallet.SettleAsync(command)).Value is { } entry)
            {
                lock (answers)
                {
                    // A hold resolves once: whoever is answered is told of the same entry.
                    Assert.Equal(
                        answers.GetValueOrDefault(command.HoldId, entry).Postings.ToHashSet(), entry.Postings.ToHashSet());
                    answers[command.HoldId] = entry;
                }
            }
        }
    }

    private async Task CheckAsync(WalletStage stage, List<IssueTokens> issues, Dictionary<Guid, EntryView> answers)
    {
        foreach (var issue in issues)
        {
            Assert.True((await WalletStage.InsistAsync(() => stage.Wallet.IssueAsync(issue))).Accepted);
        }

        await WalletStage.InsistAsync(async () =>
        {
            await stage.ReactivateAsync();
            return true;
        });
        var view = await stage.Wallet.GetAsync();
        var wallet = WalletRecord.Empty;
        var resolved = new HashSet<Guid>();
        var paid = 0L;
        await foreach (var stored in silo.Journal.ScanAsync(stage.Stream))
        {
            var fact = EventCodec.Read(stored.Body.Span, WalletFold.Kind.EventJson);
            wallet = WalletFold.Apply(wallet, new(stored.Version, stored.At, fact));
            Assert.True(wallet.AvailableMicro >= 0, "Overdrawn.");
            Assert.Equal(wallet.Holds.Values.Sum(hold => hold.AmountMicro), wallet.HeldMicro);
            if (fact is HoldSettled settled)
            {
                Assert.True(resolved.Add(settled.HoldId), "A hold resolved twice.");
                paid += WalletFold.Paid(settled);
            }
        }

        Assert.Equal((wallet.AvailableMicro, wallet.HeldMicro), (view.AvailableMicro, view.HeldMicro));
        Assert.Equal(issues.Sum(issue => issue.AmountMicro), view.AvailableMicro + view.HeldMicro + paid);

        // Acknowledged is durable, whatever failed since.
        Assert.Subset(resolved, answers.Keys.ToHashSet());
        var ledger = silo.Grains.GetGrain<ILedgerGrain>(0);
        Assert.Equal(view.AvailableMicro, await ledger.BalanceMicroAsync(Accounts.Available(stage.UserId)));
        Assert.Equal(view.HeldMicro, await ledger.BalanceMicroAsync(Accounts.Held(stage.UserId)));
    }

    private static Share[] Split(long held, int seed)
    {
        var paid = held == 0 ? 0 : (seed % held) + 1;
        return paid switch
        {
            0 => [],
            1 => [new Share(Accounts.Fees, 1)],
            _ => [new Share(Accounts.Payable("acme"), paid - 1), new Share(Accounts.Fees, 1)],
        };
    }
}
