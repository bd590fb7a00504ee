using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Operations;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Common;
using Orkestron.Grains.Tasks;
using Orkestron.Journal;
using Orleans.Concurrency;

namespace Orkestron.Grains.Operations;

[GrainType("resume"), Reentrant]
internal sealed partial class ResumeGrain(
    IJournal journal, TimeProvider clock, IOptions<TaskOptions> options, ILogger<ResumeGrain> logger)
    : Grain, IResumeGrain, IRemindable
{
    private const string Reminder = "sweep";
    private const int PageSize = 500;
    private const int AtOnce = 32;

    // Clocks of silos differ.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private DateTimeOffset _lookedTo;
    private Task<int>? _running;
    private Task<int>? _next;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _lookedTo = clock.GetUtcNow();
        var period = options.Value.WaitingAge / 2;
        this.RegisterGrainTimer(LookAsync, new() { DueTime = period, Period = period, Interleave = true, KeepAlive = true });
        return Task.CompletedTask;
    }

    public async Task StartAsync()
    {
        await this.RegisterOrUpdateReminder(Reminder, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        await SweepAsync();
    }

    /// <summary>All that is due, also what was missed or did not resume before.</summary>
    public Task ReceiveReminder(string reminderName, TickStatus status) =>
        ResumeDueAsync(default, clock.GetUtcNow() + options.Value.WaitingAge);

    public Task<int> SweepAsync()
    {
        if (_running is not { IsCompleted: false } running)
        {
            return _running = SweepOnceAsync();
        }

        // What happened since the running sweep began may lie behind it: one more, shared by all who ask meanwhile.
        return _next ??= SweepAfterAsync(running);
    }

    public Task ResumeWaitingAsync(string agent) => ResumeAllAsync(ProviderWaitRows.For(agent, PageSize));

    private async Task<int> SweepAfterAsync(Task running)
    {
        await running.ContinueWith(static _ => { }, TaskScheduler.Current);
        _next = null;
        return await (_running = SweepOnceAsync());
    }

    /// <summary>All that works, and what is due. What waits has lost nothing with the memory of a silo.</summary>
    private Task<int> SweepOnceAsync() => ResumeDueAsync(default, clock.GetUtcNow() + TaskRows.WorkingAge + Margin);

    /// <summary>What has come near since the last look; a task in memory keeps the exact time itself.</summary>
    private async Task LookAsync()
    {
        var from = _lookedTo;
        _lookedTo = clock.GetUtcNow() + options.Value.WaitingAge;
        try
        {
            await ResumeDueAsync(from, _lookedTo);
        }
        catch (Exception fault)
        {
            _lookedTo = from;
            LogLookFailed(logger, fault);
        }
    }

    private Task<int> ResumeDueAsync(DateTimeOffset from, DateTimeOffset to) => ResumeAllAsync(
        TaskRows.Table.Query().Where("open", RowTest.AtMost, Instants.ToMicroseconds(to)) with
        {
            OrderBy = ["open", "task_id"],
            After = from == default ? [] : [Instants.ToMicroseconds(from), ""],
            Limit = PageSize,
        });

    /// <summary>Has the tasks of rows resume, whose first column is the task's id.</summary>
    /// <returns>How many rows there are.</returns>
    private async Task<int> ResumeAllAsync(RowQuery query)
    {
        var count = 0;
        var unreadable = new List<UnreadableStreamException>();
        await foreach (var page in journal.PagesAsync(query))
        {
            foreach (var chunk in page.Chunk(AtOnce))
            {
                await Task.WhenAll(chunk.Select(static row => row.Text(0)).Distinct().Select(taskId => ResumeAsync(taskId, unreadable)));
            }

            count += page.Count;
        }

        if (unreadable.Count > 0)
        {
            LogLeftAlone(logger, unreadable.Count, unreadable[0].Message);
        }

        return count;
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Which tasks are due could not be read; it is tried again.")]
    private static partial void LogLookFailed(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {TaskId} did not resume; the next sweep tries again.")]
    private static partial void LogResumeFailed(ILogger logger, string taskId, Exception fault);
}
