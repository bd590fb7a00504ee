using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Wallets;

namespace Orkestron.Grains.Tasks;

/// <summary>Resolves the hold of a task that has ended, and closes the task.</summary>
internal sealed partial class TaskSettling(TaskContext context, TaskIdling idling, TaskTimer timer, TaskFiles files)
{
    private Task? _running;

    /// <summary>Settles, once: the wallet knows the settlement by its hold. A failure is tried again by the timer.</summary>
    public Task SettleAsync() => _running is { IsCompleted: false } ? _running : _running = SettleOnceAsync();

    /// <summary>The task is settled: nothing more happens to it.</summary>
    public void Close()
    {
        timer.Close();
        context.MarkClosed();
        context.Live.Ring();
    }

    private async Task SettleOnceAsync()
    {
        if (context.Record.Closed)
        {
            return;
        }

        try
        {
            await context.Log.DurableAsync();
            var shares = TaskSettlement.Shares(context.Record, context.Options.FeeBasisPoints);
            if (await PayAsync(context.Record.Submission!, shares) is not { } entry)
            {
                return;
            }

            await files.ReleaseAsync();
            if (context.Record.Closed)
            {
                return;
            }

            await context.Log.AppendAsync(
                [TaskSettlement.Settled(context.Record, shares, entry.Id)], task => idling.RowOf(task, listed: true));
            Close();
        }
        catch (Exception fault)
        {
            LogSettlementFailed(context.Logger, context.Id, fault);
            timer.Set();
        }
    }

    /// <summary>The wallet's entry that resolves the hold; null when the wallet refuses.</summary>
    private async Task<EntryView?> PayAsync(TaskSubmitted submission, ImmutableArray<Share> shares)
    {
        var wallet = context.Grains.Get<IWalletGrain>(submission.UserId);
        var settled = await wallet.SettleAsync(new SettleHold(submission.HoldId, shares, context.Record.State.Word()));
        var entry = settled.Refusal?.Code == RefusalCode.Conflict && submission.FeeBasisPoints is null
            // Settled before the fee was changed, by a build that did not record it: what was paid then stands.
            ? (await wallet.TaskEntriesAsync(context.Id)).Items
                .FirstOrDefault(each => TaskSettlement.Paid(each, submission.UserId, shares))
            : settled.Value;
        if (entry is null)
        {
            LogSettlementRefused(context.Logger, context.Id, settled.Refusal!.Code);
        }

        return entry;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskId} is not settled yet; it will try again.")]
    private static partial void LogSettlementFailed(ILogger logger, Guid taskId, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The wallet refused to settle task {TaskId}: {Code}.")]
    private static partial void LogSettlementRefused(ILogger logger, Guid taskId, RefusalCode code);
}
