using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Grains.Common;
using Orkestron.Journal;

namespace Orkestron.Grains.Tasks;

// The hold and its settlement: with the task's own record in one transaction where the payer's wallet is on the same silo.
internal sealed partial class TaskGrain
{
    private bool _linked;

    public Task<bool> OwnsHoldAsync(Guid holdId) => Task.FromResult(
        Record.Exists
            ? Record.Submission!.HoldId == holdId
            : _submitting is { IsCompleted: false } && _holding == holdId);

    /// <summary>
    /// Sets the tokens aside. A hold of a submission that does not get through is released by the wallet, which asks
    /// <see cref="OwnsHoldAsync"/>.
    /// </summary>
    private async Task<LinkedCall<Outcome<WalletView>>> HoldAsync(Append submission, Guid payer, long micro)
    {
        var wallet = GrainFactory.Get<IWalletGrain>(payer);
        var held = await _links.OfferAsync(submission, link => wallet.HoldAsync(new HoldTokens(_holding, Id, micro, link)));
        _linked = held.Sent is not null;
        return held;
    }

    /// <summary>Completes when the submission is durable. When another activation wrote first, what it held is given back.</summary>
    private async Task SubmittedAsync(Task submitting, Guid payer)
    {
        try
        {
            await submitting;
        }
        catch (StreamBrokenException) when (_linked)
        {
            GrainFactory.Get<IWalletGrain>(payer).SettleAsync(new SettleHold(_holding, [], "orphaned")).Ignore();
            throw;
        }
    }

    /// <summary>
    /// Whether an end is written with its settlement: where the wallet took the submission with its hold. An activation that
    /// read the task from the log does it in turn, so that it ends whatever the wallet says.
    /// </summary>
    private bool EndsWithSettlement => _linked && TaskArtifacts.Of(Record).IsEmpty;

    /// <summary>Appends how the task ended and its settlement, with the wallet's entry, or nothing.</summary>
    private Task AppendSettledAsync(IReadOnlyList<TaskEvent> facts)
    {
        foreach (var fact in facts)
        {
            _log.Stage(fact);
        }

        var submission = Record.Submission!;
        var settlement = new SettleHold(
            submission.HoldId, TaskSettlement.Shares(Record, _options.FeeBasisPoints), Record.State.Word());
        return _log.AppendAsync(
            [TaskSettlement.Settled(Record, settlement.Shares, LedgerEntry.SettlementId(submission.HoldId))],
            task => RowOf(task, listed: true),
            append => SendSettledAsync(append, submission.UserId, settlement));
    }

    private async Task<Task<AppendResult>> SendSettledAsync(Append append, Guid payer, SettleHold settlement)
    {
        var wallet = GrainFactory.Get<IWalletGrain>(payer);
        var settled = await _links.OfferAsync(append, link => wallet.SettleLinkedAsync(settlement, link));
        // The wallet moved, or knows the hold otherwise: the next activation ends the task first and settles then.
        return await (settled.Sent ?? throw new StreamBrokenException());
    }
}
