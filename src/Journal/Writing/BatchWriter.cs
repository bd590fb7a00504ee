using Microsoft.Extensions.Logging;

namespace Orkestron.Journal.Writing;

/// <summary>Writes a batch in one transaction, again after a conflict or a broken connection, in halves after any other fault.</summary>
internal sealed partial class BatchWriter(IJournalStore store, JournalOptions options, ILogger logger)
{
    private const int Attempts = 5;

    /// <summary>For tests: runs between the commit and the answers. A fault here is a crash there.</summary>
    public Func<Task>? AfterCommit { get; set; }

    /// <summary>Writes the requests and answers each. Throws when the store is down; then none of them is answered.</summary>
    public async Task WriteAsync(IReadOnlyList<WriteItem> items)
    {
        var broken = false;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                // First the versions that the callers expect are trusted; after a conflict or a fault the store is asked for its own.
                var known = attempt == 0 ? null : await store.ReadHeadsAsync(items);
                if (BatchPlanner.Plan(items, known) is not { } plan || !(plan.IsEmpty || await store.CommitAsync(plan)))
                {
                    continue;
                }

                if (AfterCommit is { } hook)
                {
                    await hook();
                }

                Acknowledge(items);
                return;
            }
            catch (Exception fault) when (store.IsDown(fault))
            {
                // A connection that died while idle is opened again at once. The commit may have happened: the store is asked.
                if (broken)
                {
                    throw;
                }

                broken = true;
                LogBroken(logger, fault);
            }
            catch (Exception fault)
            {
                await SplitAsync(items, fault);
                return;
            }
        }

        await SplitAsync(items, new JournalUnavailableException(
            "Other processes keep writing the same streams.", options.MinBackoff, null));
    }

    // A request that the store rejects, for whatever reason, is found by halving the batch; the others are written.
    private async Task SplitAsync(IReadOnlyList<WriteItem> items, Exception fault)
    {
        if (items.Count == 1)
        {
            LogRejected(logger, fault);
            items[0].Fail(fault);
            return;
        }

        var half = items.Count / 2;
        await WriteAsync([.. items.Take(half)]);
        await WriteAsync([.. items.Skip(half)]);
    }

    private static void Acknowledge(IReadOnlyList<WriteItem> items)
    {
        foreach (var item in items)
        {
            item.Acknowledge();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal's store broke off; trying once more.")]
    private static partial void LogBroken(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The journal's store rejected a write.")]
    private static partial void LogRejected(ILogger logger, Exception fault);
}
