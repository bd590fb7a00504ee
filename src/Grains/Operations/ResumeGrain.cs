using Microsoft.Extensions.Logging;
using Orkestron.GrainInterfaces.Operations;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Common;
using Orkestron.Grains.Tasks;
using Orkestron.Journal;
using Orleans.Concurrency;

namespace Orkestron.Grains.Operations;

[GrainType("resume"), Reentrant]
internal sealed partial class ResumeGrain(IJournal journal, ILogger<ResumeGrain> logger)
    : Grain, IResumeGrain, IRemindable
{
    private const string Reminder = "sweep";
    private const int PageSize = 500;
    private const int AtOnce = 32;

    private Task<int>? _running;
    private Task<int>? _next;

    public async Task StartAsync()
    {
        await this.RegisterOrUpdateReminder(Reminder, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        await SweepAsync();
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => SweepAsync();

    public Task<int> SweepAsync()
    {
        if (_running is not { IsCompleted: false } running)
        {
            return _running = SweepOnceAsync();
        }

        // What happened since the running sweep began may lie behind it: one more, shared by all who ask meanwhile.
        return _next ??= SweepAfterAsync(running);
    }

    private async Task<int> SweepAfterAsync(Task running)
    {
        await running.ContinueWith(static _ => { }, TaskScheduler.Current);
        _next = null;
        return await (_running = SweepOnceAsync());
    }

    private async Task<int> SweepOnceAsync()
    {
        var count = 0;
        var unreadable = new List<UnreadableStreamException>();
        var query = TaskRows.Table.Query().Where("open", RowTest.Is, 1L) with { OrderBy = ["task_id"], Limit = PageSize };
        while (true)
        {
            var rows = await journal.QueryAsync(query);
            foreach (var chunk in rows.Chunk(AtOnce))
            {
                await Task.WhenAll(chunk.Select(row => ResumeAsync(row.Text(0), unreadable)));
            }

            count += rows.Count;
            if (rows.Count < PageSize)
            {
                if (unreadable.Count > 0)
                {
                    LogLeftAlone(logger, unreadable.Count, unreadable[0].Message);
                }

                return count;
            }

            query = query with { After = [rows[^1].Text(0)] };
        }
    }

    private async Task ResumeAsync(string taskId, List<UnreadableStreamException> unreadable)
    {
        try
        {
            await GrainFactory.GetGrain<ITaskStepsGrain>(Guid.ParseExact(taskId, "N")).ResumeAsync();
        }
        catch (UnreadableStreamException fault)
        {
            unreadable.Add(fault);
        }
        catch (Exception fault)
        {
            LogResumeFailed(logger, taskId, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} open tasks are left alone. The first one: {Reason}")]
    private static partial void LogLeftAlone(ILogger logger, int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskId} did not resume; the next sweep tries again.")]
    private static partial void LogResumeFailed(ILogger logger, string taskId, Exception fault);
}
