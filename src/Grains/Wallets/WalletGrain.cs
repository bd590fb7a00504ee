using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Grains.Common;
using Orkestron.Grains.Placement;
using Orkestron.Journal;
using Orleans.Concurrency;

namespace Orkestron.Grains.Wallets;

/// <summary>
/// One wallet. Reentrant: a command decides on the fold before its first await and is answered when durable, so callers
/// share commits instead of waiting for each other's.
/// </summary>
[GrainType("wallet"), PayerPlacement, Reentrant]
internal sealed partial class WalletGrain : Grain, IWalletGrain
{
    private readonly EventStream<WalletRecord, WalletEvent> _log;
    private readonly IJournal _journal;
    private readonly LinkedAppends _links;
    private readonly WalletOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly WalletMemory _memory;
    private bool _sweeping;

    public WalletGrain(
        IGrainContext context,
        IJournal journal,
        LinkedAppends links,
        ISealer sealer,
        TimeProvider clock,
        IOptions<WalletOptions> options,
        ILogger<WalletGrain> logger)
    {
        (_journal, _links, _options, _clock, _logger) = (journal, links, options.Value, clock, logger);
        _memory = new WalletMemory(_options.MaxRemembered, _options.MaxClockSkew, clock.GetUtcNow());
        _log = new EventStream<WalletRecord, WalletEvent>(
            WalletFold.Kind, context.GrainId.GetGuidKey(), journal, sealer, clock, OnBroken);
    }

    private Guid Id => this.GetPrimaryKey();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _log.LoadAsync();
        this.RegisterGrainTimer(
            ReleaseOrphansAsync, new() { DueTime = TimeSpan.Zero, Period = _options.OrphanAge / 2, Interleave = true });
    }

    public Task<Outcome<WalletView>> IssueAsync(IssueTokens command) => OnceAsync(
        command.CommandId,
        entry => entry.Kind == LedgerEntry.Issue && entry.AmountMicro == command.AmountMicro,
        () => WalletRules.Issue(_log.State, command));

    public Task<Outcome<WalletView>> HoldAsync(HoldTokens command) => OnceAsync(
        command.HoldId,
        entry => entry.Kind == LedgerEntry.Hold && (entry.AmountMicro, entry.TaskId) == (command.AmountMicro, command.TaskId),
        () => WalletRules.Hold(_log.State, command, _options.MaxHolds),
        command.Link);

    public async Task<Outcome<EntryView>> SettleAsync(SettleHold command)
    {
        if (!command.Shares.IsDefault && !_log.State.Holds.ContainsKey(command.HoldId))
        {
            await _log.DurableAsync();
            var before = await FindAsync(LedgerEntry.SettlementId(command.HoldId));
            return before switch
            {
                null => Refuse.With(RefusalCode.NotFound, "There is no such hold in this wallet."),
                _ when SamePayments(before, command) => before,
                _ => Refuse.With(RefusalCode.Conflict, "The hold was resolved otherwise."),
            };
        }

        var decision = WalletRules.Settle(_log.State, command);
        if (decision.Fact is not { } fact)
        {
            return decision.Refusal!;
        }

        await AppendAsync(fact, out var entry);
        return entry;
    }

    public Task<Outcome<EntryView>> SettleLinkedAsync(SettleHold command, Guid link)
    {
        var decision = WalletRules.Settle(_log.State, command);
        if (decision.Fact is not { } fact)
        {
            return Task.FromResult<Outcome<EntryView>>(decision.Refusal!);
        }

        if (_links.Take(link) is not { } end)
        {
            return Task.FromResult<Outcome<EntryView>>(
                Refuse.With(RefusalCode.NotFound, "The end of the task is not on this silo. Settle once it is recorded."));
        }

        AppendAsync(fact, out var entry, end, AppendLink.Both).Ignore();
        return Task.FromResult<Outcome<EntryView>>(entry);
    }

    public async Task<WalletView> GetAsync()
    {
        await _log.DurableAsync();
        return _log.State.View();
    }

    /// <summary>Carries a command out unless it was before, which its entry in the ledger tells.</summary>
    private async Task<Outcome<WalletView>> OnceAsync(
        Guid id, Func<EntryView, bool> same, Func<WalletDecision> decide, Guid? link = null)
    {
        var known = _memory.Find(id, out var before);
        if (!known && !_log.State.Holds.ContainsKey(id))
        {
            // What was forgotten may still be on its way into the ledger.
            await _log.DurableAsync();
            before = await FindAsync(id);
        }

        // The same command may have been carried out during that look.
        if (before is null && _memory.Find(id, out var meanwhile))
        {
            before = meanwhile;
        }

        if (before is not null)
        {
            return same(before) ? await GetAsync() : WalletRules.OtherBody("command");
        }

        var decision = decide();
        if (decision.Refusal is { } refusal)
        {
            return refusal;
        }

        if (decision.Fact is { } fact)
        {
            var linked = link is { } offered ? _links.Take(offered) : null;
            // The hold may stand alone: a submission that meets a conflict does not take those after it along.
            var appending = AppendAsync(fact, out var entry, linked, AppendLink.FirstAlone);
            _memory.Remember(id, entry);
            // What this command leaves, not what later ones that share its commit do.
            var view = _log.State.View();
            if (linked is not null)
            {
                appending.Ignore();
                return view;
            }

            await appending;
            return view;
        }

        return await GetAsync();
    }

    /// <summary>Appends a fact with its entry; with an append of the task's, if there is one, in one transaction.</summary>
    private Task AppendAsync(WalletEvent fact, out EntryView entry, LinkedAppend? linked = null, AppendLink link = default)
    {
        var made = entry = LedgerEntry.Of(Id, _clock.GetMicrosecond(), fact);
        if (linked is null)
        {
            return _log.AppendAsync([fact], _ => LedgerRows.Put(Id, made));
        }

        var appending = _log.AppendAsync(
            [fact], _ => LedgerRows.Put(Id, made), own => Task.FromResult(linked.WriteWith(_journal, own, link)));
        linked.FailWithAsync(appending).Ignore();
        return appending;
    }

    private async ValueTask<EntryView?> FindAsync(Guid entryId)
    {
        var rows = await _journal.QueryAsync(LedgerRows.Entries.Query()
            .Where("entry_id", RowTest.Is, entryId.ToString("N"))
            .Where("wallet", RowTest.Is, Id.ToString("N")));
        return (await LedgerRows.ReadAsync(_journal, rows)).SingleOrDefault();
    }

    private bool SamePayments(EntryView before, SettleHold command) => before.Postings
        .Where(posting => posting.Account != Accounts.Available(Id) && posting.Account != Accounts.Held(Id))
        .Select(posting => new Share(posting.Account, posting.AmountMicro))
        .ToHashSet()
        .SetEquals(command.Shares);

    private void OnBroken()
    {
        LogBroken(_logger, Id);
        DeactivateOnIdle();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Wallet {WalletId} lost its place in the log and reads it again.")]
    private static partial void LogBroken(ILogger logger, Guid walletId);
}
