using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Grains.Common;
using Orkestron.Journal;
using Orleans.Concurrency;

namespace Orkestron.Grains.Wallets;

/// <summary>
/// One wallet. Reentrant: a command decides on the fold before its first await and is answered when durable, so callers
/// share commits instead of waiting for each other's.
/// </summary>
[GrainType("wallet"), Reentrant]
internal sealed partial class WalletGrain : Grain, IWalletGrain
{
    private readonly EventStream<WalletRecord, WalletEvent> _log;
    private readonly IJournal _journal;
    private readonly WalletOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly WalletMemory _memory;
    private bool _sweeping;

    public WalletGrain(
        IGrainContext context,
        IJournal journal,
        ISealer sealer,
        TimeProvider clock,
        IOptions<WalletOptions> options,
        ILogger<WalletGrain> logger)
    {
        (_journal, _options, _clock, _logger) = (journal, options.Value, clock, logger);
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
        () => WalletRules.Hold(_log.State, command, _options.MaxHolds));

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

    public async Task<WalletView> GetAsync()
    {
        await _log.DurableAsync();
        return _log.State.View();
    }

    /// <summary>Carries a command out unless it was before, which its entry in the ledger tells.</summary>
    private async Task<Outcome<WalletView>> OnceAsync(Guid id, Func<EntryView, bool> same, Func<WalletDecision> decide)
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
            var appending = AppendAsync(fact, out var entry);
            _memory.Remember(id, entry);
            // What this command leaves, not what later ones that share its commit do.
            var view = _log.State.View();
            await appending;
            return view;
        }

        return await GetAsync();
    }

    private Task AppendAsync(WalletEvent fact, out EntryView entry)
    {
        var made = entry = LedgerEntry.Of(Id, _clock.GetMicrosecond(), fact);
        return _log.AppendAsync([fact], _ => LedgerRows.Put(Id, made));
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
