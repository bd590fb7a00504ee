using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Grains.Common;
using Orkestron.Journal;

namespace Orkestron.Grains.Tasks;

/// <summary>
/// The tokens set aside for a task. They are held, and settled, in one transaction with the task's own record where the payer's
/// wallet is on the same silo. See ADR 21.
/// </summary>
internal sealed class TaskHold(TaskContext context, TaskIdling idling, LinkedAppends links)
{
    /// <summary>Whether the wallet wrote the submission together with its hold.</summary>
    private bool _linked;

    /// <summary>The hold of the submission that runs.</summary>
    public Guid Id { get; private set; }

    /// <summary>
    /// Whether an end is written with its settlement: where the wallet took the submission with its hold. An activation that
    /// read the task from the log ends the task first and settles after it, whatever the wallet says.
    /// </summary>
    public bool EndsWithSettlement => _linked && TaskArtifacts.Of(context.Record).IsEmpty;

    /// <summary>A new hold for a submission.</summary>
    public Guid Begin() => Id = Guid.CreateVersion7(context.Now);

    /// <summary>Sets the tokens aside. A hold whose submission is refused or lost is released by the wallet, which asks the task.</summary>
    public async Task<LinkedCall<Outcome<WalletView>>> HoldAsync(Append submission, Guid payer, long micro)
    {
        var wallet = WalletOf(payer);
        var held = await links.OfferAsync(submission, link => wallet.HoldAsync(new HoldTokens(Id, context.Id, micro, link)));
        _linked = held.Sent is not null;
        return held;
    }

    /// <summary>Completes when the submission is durable. When another activation wrote first, what it held is given back.</summary>
    public async Task SubmittedAsync(Task submitting, Guid payer)
    {
        try
        {
            await submitting;
        }
        catch (StreamBrokenException) when (_linked)
        {
            WalletOf(payer).SettleAsync(new SettleHold(Id, [], "orphaned")).Ignore();
            throw;
        }
    }

    /// <summary>Appends how the task ended and its settlement, with the wallet's entry, or nothing.</summary>
    public Task AppendEndAsync(IReadOnlyList<TaskEvent> facts)
    {
        foreach (var fact in facts)
        {
            context.Log.Stage(fact);
        }

        var task = context.Record;
        var submission = task.Submission!;
        var shares = TaskSettlement.Shares(task, context.Options.FeeBasisPoints);
        var settlement = new SettleHold(submission.HoldId, shares, task.State.Word());
        return context.Log.AppendAsync(
            [TaskSettlement.Settled(task, shares, LedgerEntry.SettlementId(submission.HoldId))],
            after => idling.RowOf(after, listed: true),
            append => SendAsync(append, submission.UserId, settlement));
    }

    private async Task<Task<AppendResult>> SendAsync(Append append, Guid payer, SettleHold settlement)
    {
        var wallet = WalletOf(payer);
        var settled = await links.OfferAsync(append, link => wallet.SettleLinkedAsync(settlement, link));
        // The wallet moved, or knows the hold otherwise: the next activation ends the task first and settles then.
        return await (settled.Sent ?? throw new StreamBrokenException());
    }

    private IWalletGrain WalletOf(Guid payer) => context.Grains.Get<IWalletGrain>(payer);
}
