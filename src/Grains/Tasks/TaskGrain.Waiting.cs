using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Journal;

namespace Orkestron.Grains.Tasks;

// A task that nobody works on leaves memory. Its row says when it is looked at again; what comes for it wakes it before.
internal sealed partial class TaskGrain
{
    private readonly IJournal _journal;
    private int _waiting;
    private DateTimeOffset? _idleSince;
    // What the row says, as far as this activation knows: until when the task waits; null when it works.
    private DateTimeOffset? _rowDue;
    private bool _rowKnown = true;

    /// <summary>When the task goes on by itself if it is to leave memory until then; null while it stays.</summary>
    private DateTimeOffset? WaitsUntil(TaskRecord task, DateTimeOffset now, bool away = false) =>
        TaskDue.Of(task, now, away ? IsAway : null) is { } due && due - now >= _options.WaitingAge ? due : null;

    private bool IsAway(StepRecord step) => _pulse.Of(step.Id) is { Away: true } told && told.Attempt == step.Attempt;

    /// <summary>
    /// The row that goes with an append: where what lists show has changed, and where the task begins to wait or goes on after
    /// it. It never says a later time than the task needs.
    /// </summary>
    private IReadOnlyList<RowChange> RowOf(TaskRecord task, bool listed)
    {
        var now = _clock.GetUtcNow();
        var due = WaitsUntil(task, now);
        if (!listed && (_rowKnown ? due == _rowDue : due is not null))
        {
            return [];
        }

        (_rowDue, _rowKnown) = (due, true);
        return [Row(task, due, now)];
    }

    private RowChange Row(TaskRecord task, DateTimeOffset? due, DateTimeOffset now)
    {
        var look = now + _options.WaitingCheck;
        return TaskRows.Put(Id, task, due is { } at && at < look ? at : due is null ? null : look);
    }

    /// <summary>Whether nobody has asked for the task lately, and nobody waits in it.</summary>
    private bool IsAlone(DateTimeOffset now) => _waiting == 0 && _watchers == 0 && WatchedUntil <= now;

    /// <summary>Until when it stays in memory although nobody works on it; null while somebody does.</summary>
    private DateTimeOffset? StaysUntil(DateTimeOffset now)
    {
        _idleSince = WaitsUntil(Record, now) is null ? null : _idleSince ?? now;
        var stays = _idleSince + _options.WaitingAge;
        return stays < WatchedUntil ? WatchedUntil : stays;
    }

    /// <summary>Leaves memory if nothing keeps it there; whether it does.</summary>
    private async Task<bool> LeaveWaitingAsync()
    {
        var now = _clock.GetUtcNow();
        if (!(StaysUntil(now) <= now) || !IsAlone(now))
        {
            return false;
        }

        await _log.DurableAsync();
        if (!_rowKnown)
        {
            await ReadRowAsync();
        }

        now = _clock.GetUtcNow();
        if (!IsAlone(now) || WaitsUntil(Record, now) is not { } due)
        {
            return false;
        }

        if (!(_rowDue > now && _rowDue <= due))
        {
            // No fact goes with it: written behind what is on its way, and before anything that comes later.
            var written = _journal.AppendAsync(new Append
            {
                Stream = _log.Name,
                ExpectedVersion = _log.Version,
                AppendId = Guid.CreateVersion7(now),
                Rows = [Row(Record, due, now)],
            });
            _rowDue = due;
            await written;
        }

        if (IsAlone(now) && WaitsUntil(Record, now) == due)
        {
            DeactivateOnIdle();
            return true;
        }

        return false;
    }

    private async Task ReadRowAsync()
    {
        var rows = await _journal.QueryAsync(TaskRows.Table.Query().Where("task_id", RowTest.Is, Id.ToString("N")));
        if (!_rowKnown)
        {
            (_rowDue, _rowKnown) = (rows is [var row] ? TaskRows.DueOf(row) : null, true);
        }
    }
}
