using Orkestron.Domain.Tasks;
using Orkestron.Journal;

namespace Orkestron.Grains.Tasks;

/// <summary>
/// A task that nobody works on leaves memory. Its row says when it is looked at again; what comes for it wakes it before.
/// See ADR 22.
/// </summary>
internal sealed class TaskIdling(TaskContext context, TaskReaders readers, IJournal journal)
{
    // Steps whose agent has reported to this activation that its provider is away; and those with a row that says so.
    private readonly HashSet<int> _away = [];
    private readonly HashSet<int> _awayRows = [];
    private DateTimeOffset? _idleSince;
    // What the row says, as far as this activation knows: until when the task waits; null when it works.
    private DateTimeOffset? _rowDue;
    private bool _rowKnown = true;

    /// <summary>Takes up a task that was read from the log.</summary>
    public async Task LoadAsync()
    {
        _rowKnown = !context.Record.Exists;
        if (context.Record.Exists && !context.Record.Closed)
        {
            await ReadAwayAsync();
        }
    }

    /// <summary>An agent reports whether a step waits for a provider that is away.</summary>
    public void Report(int stepId, bool away) => _ = away ? _away.Add(stepId) : _away.Remove(stepId);

    /// <summary>
    /// The row that goes with an append: where what lists show has changed, and where the task begins to wait or goes on after
    /// it. It never says a later time than the task needs.
    /// </summary>
    /// <param name="task">The task after the append.</param>
    /// <param name="listed">Whether what lists show has changed.</param>
    public RowChange[] RowOf(TaskRecord task, bool listed)
    {
        var now = context.Now;
        var due = WaitsUntil(task, now);
        if (!listed && (_rowKnown ? due == _rowDue : due is not null))
        {
            return [];
        }

        (_rowDue, _rowKnown) = (due, true);
        if (_awayRows.Count == 0)
        {
            return [Row(task, due, now)];
        }

        // Whoever waits for a provider when the task leaves again gets a row then.
        RowChange[] rows = [Row(task, due, now), .. _awayRows.Select(stepId => ProviderWaitRows.Delete(context.Id, stepId))];
        _awayRows.Clear();
        return rows;
    }

    /// <summary>Until when it stays in memory although nobody works on it; null while somebody does.</summary>
    public DateTimeOffset? StaysUntil(DateTimeOffset now)
    {
        _idleSince = WaitsUntil(context.Record, now, away: true) is null ? null : _idleSince ?? now;
        var stays = _idleSince + context.Options.WaitingAge;
        return stays < readers.WatchedUntil ? readers.WatchedUntil : stays;
    }

    /// <summary>Leaves memory if nothing keeps it there; whether it does.</summary>
    public async Task<bool> LeaveAsync()
    {
        var now = context.Now;
        if (!(StaysUntil(now) <= now) || !readers.IsAlone(now))
        {
            return false;
        }

        await context.Log.DurableAsync();
        if (!_rowKnown)
        {
            await ReadRowAsync();
        }

        now = context.Now;
        if (!readers.IsAlone(now) || WaitsUntil(context.Record, now, away: true) is not { } due)
        {
            return false;
        }

        var away = context.Record.Steps.Where(step => step.Outstanding && IsAway(step)).ToArray();
        if (away.Length > 0 || !(_rowDue > now && _rowDue <= due))
        {
            var written = PutAsync(
            [
                Row(context.Record, due, now),
                .. away.Select(step => ProviderWaitRows.Put(context.Id, step, context.Live.Of(step.Id)?.LastSeenAt)),
            ]);
            (_rowDue, _rowKnown) = (due, true);
            _awayRows.UnionWith(away.Select(static step => step.Id));
            await written;
        }

        if (readers.IsAlone(now) && WaitsUntil(context.Record, now, away: true) == due)
        {
            context.Grain.DeactivateOnIdle();
            return true;
        }

        return false;
    }

    /// <summary>
    /// Sees to it that a sweep finds a task that works although nothing was recorded since it woke: its provider has come.
    /// </summary>
    public async Task KeepFoundAsync()
    {
        if (_rowKnown && _rowDue is null)
        {
            return;
        }

        if (!_rowKnown)
        {
            await ReadRowAsync();
        }

        if (_rowDue is not null && !context.Record.Ended && WaitsUntil(context.Record, context.Now, away: true) is null)
        {
            await PutAsync(RowOf(context.Record, listed: true));
        }
    }

    /// <summary>When the task goes on by itself if it is to leave memory until then; null while it stays.</summary>
    private DateTimeOffset? WaitsUntil(TaskRecord task, DateTimeOffset now, bool away = false) =>
        TaskDue.Of(task, now, away ? IsAway : null) is { } due && due - now >= context.Options.WaitingAge ? due : null;

    private bool IsAway(StepRecord step) => _away.Contains(step.Id)
        && context.Live.Of(step.Id) is { Away: true } reported && reported.Attempt == step.Attempt;

    private RowChange Row(TaskRecord task, DateTimeOffset? due, DateTimeOffset now)
    {
        var look = now + context.Options.WaitingCheck;
        return TaskRows.Put(context.Id, task, due is { } at && at < look ? at : due is null ? null : look);
    }

    // No event goes with it: written behind what is on its way, and before anything that comes later.
    private Task<AppendResult> PutAsync(RowChange[] rows) => journal.AppendAsync(new Append
    {
        Stream = context.Log.Name,
        ExpectedVersion = context.Log.Version,
        AppendId = Guid.CreateVersion7(context.Now),
        Rows = rows,
    });

    private async Task ReadRowAsync()
    {
        var rows = await journal.QueryAsync(TaskRows.Table.Query().Where("task_id", RowTest.Is, context.Id.ToString("N")));
        if (!_rowKnown)
        {
            var due = rows is [var row] ? TaskRows.DueOf(row) : null;
            (_rowDue, _rowKnown) = (due > context.Now + TaskRows.WorkingAge ? due : null, true);
        }
    }

    /// <summary>What the task knew of providers that are away when it left memory.</summary>
    private async Task ReadAwayAsync()
    {
        if (!context.Record.Steps.Exists(
            static step => step is { Outstanding: true, Request.KeepsInside: false, State: not StepState.Working }))
        {
            return;
        }

        foreach (var row in await journal.QueryAsync(ProviderWaitRows.Of(context.Id)))
        {
            var stepId = (int)row.Integer(1);
            _awayRows.Add(stepId);
            if (context.Record.Step(stepId) is { Outstanding: true } step)
            {
                context.Live.Report(ProviderWaitRows.Read(row, step.Attempt), step.Number);
            }
        }
    }
}
