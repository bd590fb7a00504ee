using Orkestron.Domain.Tasks;
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
    // Steps whose agent has told this activation that its provider is away; and those with a row that says so.
    private readonly HashSet<int> _away = [];
    private readonly HashSet<int> _awayRows = [];

    /// <summary>When the task goes on by itself if it is to leave memory until then; null while it stays.</summary>
    private DateTimeOffset? WaitsUntil(TaskRecord task, DateTimeOffset now, bool away = false) =>
        TaskDue.Of(task, now, away ? IsAway : null) is { } due && due - now >= _options.WaitingAge ? due : null;

    private bool IsAway(StepRecord step) => _away.Contains(step.Id) && IsReportedAway(step);

    private bool IsReportedAway(StepRecord step) => _pulse.Of(step.Id) is { Away: true } told && told.Attempt == step.Attempt;

    /// <summary>
    /// The row that goes with an append: where what lists show has changed, and where the task begins to wait or goes on after
    /// it. It never says a later time than the task needs.
    /// </summary>
    private RowChange[] RowOf(TaskRecord task, bool listed)
    {
        var now = _clock.GetUtcNow();
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
        RowChange[] rows = [Row(task, due, now), .. _awayRows.Select(stepId => ProviderWaitRows.Delete(Id, stepId))];
        _awayRows.Clear();
        return rows;
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
        _idleSince = WaitsUntil(Record, now, away: true) is null ? null : _idleSince ?? now;
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
        if (!IsAlone(now) || WaitsUntil(Record, now, away: true) is not { } due)
        {
            return false;
        }

        var away = Record.Steps.Where(step => step.Outstanding && IsAway(step)).ToArray();
        if (away.Length > 0 || !(_rowDue > now && _rowDue <= due))
        {
            var written = PutAsync([Row(Record, due, now), .. away.Select(step => ProviderWaitRows.Put(Id, step, _pulse.Of(step.Id)?.LastSeenAt))]);
            (_rowDue, _rowKnown) = (due, true);
            _awayRows.UnionWith(away.Select(static step => step.Id));
            await written;
        }

        if (IsAlone(now) && WaitsUntil(Record, now, away: true) == due)
        {
            DeactivateOnIdle();
            return true;
        }

        return false;
    }

    /// <summary>
    /// Sees to it that a sweep finds a task that works although nothing was recorded since it woke: its provider has come.
    /// </summary>
    private async Task KeepFoundAsync()
    {
        if (_rowKnown && _rowDue is null)
        {
            return;
        }

        if (!_rowKnown)
        {
            await ReadRowAsync();
        }

        if (_rowDue is not null && !Record.Ended && WaitsUntil(Record, _clock.GetUtcNow(), away: true) is null)
        {
            await PutAsync(RowOf(Record, listed: true));
        }
    }

    // No fact goes with it: written behind what is on its way, and before anything that comes later.
    private Task<AppendResult> PutAsync(RowChange[] rows) => _journal.AppendAsync(new Append
    {
        Stream = _log.Name,
        ExpectedVersion = _log.Version,
        AppendId = Guid.CreateVersion7(_clock.GetUtcNow()),
        Rows = rows,
    });

    private async Task ReadRowAsync()
    {
        var rows = await _journal.QueryAsync(TaskRows.Table.Query().Where("task_id", RowTest.Is, Id.ToString("N")));
        if (!_rowKnown)
        {
            var due = rows is [var row] ? TaskRows.DueOf(row) : null;
            (_rowDue, _rowKnown) = (due > _clock.GetUtcNow() + TaskRows.WorkingAge ? due : null, true);
        }
    }

    /// <summary>What the task knew of providers that are away when it left memory.</summary>
    private async Task ReadAwayAsync()
    {
        if (!Record.Steps.Exists(static step => step is { Outstanding: true, Request.BuiltIn: false, State: not StepState.Working }))
        {
            return;
        }

        foreach (var row in await _journal.QueryAsync(ProviderWaitRows.Of(Id)))
        {
            var stepId = (int)row.Integer(1);
            _awayRows.Add(stepId);
            if (Record.Step(stepId) is { Outstanding: true } step)
            {
                _pulse.Report(ProviderWaitRows.Read(row, step.Attempt), step.Number);
            }
        }
    }
}
