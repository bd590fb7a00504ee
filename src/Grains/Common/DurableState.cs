using Orkestron.Journal;
using Orleans.Storage;

namespace Orkestron.Grains.Common;

/// <summary>
/// The stored state of a reentrant grain, and the one way to change and to save it. Used from the grain's scheduler only.
/// </summary>
/// <remarks>
/// One write is on its way at a time; changes that come meanwhile share the next one. They are applied to a copy, which takes
/// the place of <see cref="State"/> once it is durable. When the write fails, whoever shared it gets the fault and the state
/// stays as it was. When another activation has written, the state is read again and the changes are applied to that: the
/// activation, and what it runs, stay.
/// </remarks>
/// <param name="stored">Where it is stored. Nobody else may use it.</param>
/// <param name="copy">Makes a copy that shares nothing which changes.</param>
/// <param name="options">Limits.</param>
/// <param name="carryOver">
/// For a state parts of which change in memory at once and are saved now and then: takes them from the first, which is given
/// up, to the second, which takes its place. Null for a state that is only changed by <see cref="ChangeAsync"/>.
/// </param>
internal sealed class DurableState<T>(
    IPersistentState<T> stored, Func<T, T> copy, StateOptions options, Action<T, T>? carryOver = null)
    where T : class
{
    private readonly List<Change> _waiting = [];
    private T? _durable;
    private bool _writing;
    private bool _changed;

    /// <summary>What is durable, and what is carried over. Do not keep it over an await: another object takes its place.</summary>
    public T State => _durable ?? stored.State;

    /// <summary>Changes the state and completes when that is durable.</summary>
    /// <param name="apply">
    /// Changes the state that it is given and returns true, or changes nothing and returns false. It may be called more than
    /// once, each time with another state, and the last time counts.
    /// </param>
    /// <exception cref="JournalUnavailableException">Too many changes wait, or another activation writes all the time.</exception>
    public Task ChangeAsync(Func<T, bool> apply)
    {
        if (_waiting.Count >= options.MaxWaiting)
        {
            return Task.FromException(new JournalUnavailableException(
                $"{_waiting.Count} changes of this state wait to be written. Send the command again shortly."));
        }

        var change = new Change(apply);
        _waiting.Add(change);
        if (!_writing)
        {
            WriteWaitingAsync().Ignore();
        }

        return change.Done.Task;
    }

    /// <summary>Notes a change of <see cref="State"/> in memory: the next <see cref="SaveChangedAsync"/> saves it.</summary>
    public void MarkChanged() => _changed = true;

    /// <summary>Saves what has changed in memory since the last time. What cannot be saved is saved the next time.</summary>
    public async Task SaveChangedAsync()
    {
        if (!_changed)
        {
            return;
        }

        _changed = false;
        try
        {
            await ChangeAsync(static _ => true);
        }
        catch
        {
            _changed = true;
            throw;
        }
    }

    private async Task WriteWaitingAsync()
    {
        _writing = true;
        while (_waiting.Count > 0)
        {
            List<Change> batch = [.. _waiting];
            _waiting.Clear();
            try
            {
                await WriteAsync(batch);
                batch.ForEach(static change => change.Done.TrySetResult());
            }
            catch (Exception fault)
            {
                batch.ForEach(change => change.Done.TrySetException(fault));
            }
        }

        _writing = false;
    }

    private async Task WriteAsync(List<Change> batch)
    {
        _durable = stored.State;
        try
        {
            for (var conflicts = 0; Apply(batch) is { } changed; conflicts++)
            {
                stored.State = changed;
                try
                {
                    await stored.WriteStateAsync();
                    carryOver?.Invoke(_durable, changed);
                    _durable = changed;
                    return;
                }
                catch (InconsistentStateException conflict) when (conflicts >= options.MaxConflicts)
                {
                    // Not as it is: the activation would be dropped for it.
                    throw new JournalUnavailableException("Another activation writes this state all the time.", conflict);
                }
                catch (InconsistentStateException)
                {
                    await ReadAgainAsync(_durable);
                }
            }
        }
        finally
        {
            (stored.State, _durable) = (_durable, null);
        }
    }

    private async Task ReadAgainAsync(T before)
    {
        await stored.ReadStateAsync();
        carryOver?.Invoke(before, stored.State);
        _durable = stored.State;
    }

    /// <summary>Applies changes to a copy; null when they change nothing. One that throws is taken out, and fails alone.</summary>
    private T? Apply(List<Change> batch)
    {
        while (true)
        {
            var (changed, any, failed) = (copy(_durable!), false, (Change?)null);
            foreach (var change in batch)
            {
                try
                {
                    any |= change.Apply(changed);
                }
                catch (Exception fault)
                {
                    change.Done.TrySetException(fault);
                    failed = change;
                    break;
                }
            }

            if (failed is null)
            {
                return any ? changed : null;
            }

            batch.Remove(failed);
        }
    }

    private sealed class Change(Func<T, bool> apply)
    {
        public Func<T, bool> Apply => apply;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
