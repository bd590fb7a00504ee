using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Orkestron.Domain.Tasks;

/// <summary>
/// Where in the list of a task's steps the calls of each step stand. The versions of a task that follow one another share
/// an index that only grows, and each sees no more of it than it has steps; a version that goes another way gets its own.
/// Safe from any thread.
/// </summary>
internal sealed class CallIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(int ParentId, string Key), int> _places = [];
    private readonly Dictionary<int, List<int>> _calls = [];
    private int _steps;

    /// <summary>The index of a task's steps and one more; null while no step was called.</summary>
    /// <param name="index">The index of the steps.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="next">The one that follows them.</param>
    public static CallIndex? Add(CallIndex? index, ImmutableList<StepRecord> steps, StepRequested next)
    {
        if (index is null && next.ParentId is null)
        {
            return null;
        }

        if (index?.TryAdd(steps.Count, next) == true)
        {
            return index;
        }

        var own = new CallIndex();
        foreach (var step in steps)
        {
            own.Add(step.Request);
        }

        own.Add(next);
        return own;
    }

    /// <summary>The first call that a step made at a place of its code, or null.</summary>
    public StepRecord? Find(ImmutableList<StepRecord> steps, int parentId, string key)
    {
        lock (_lock)
        {
            return _places.TryGetValue((parentId, key), out var at) && at < steps.Count ? steps[at] : null;
        }
    }

    /// <summary>The calls of a step, in the order in which they were made.</summary>
    public ImmutableArray<StepRecord> Of(ImmutableList<StepRecord> steps, int parentId)
    {
        lock (_lock)
        {
            if (!_calls.TryGetValue(parentId, out var calls))
            {
                return [];
            }

            var made = calls.Count;
            while (made > 0 && calls[made - 1] >= steps.Count)
            {
                made--;
            }

            var found = new StepRecord[made];
            for (var i = 0; i < made; i++)
            {
                found[i] = steps[calls[i]];
            }

            return ImmutableCollectionsMarshal.AsImmutableArray(found);
        }
    }

    private bool TryAdd(int steps, StepRequested next)
    {
        lock (_lock)
        {
            if (_steps != steps)
            {
                return false;
            }

            Add(next);
            return true;
        }
    }

    private void Add(StepRequested next)
    {
        var at = _steps++;
        if (next.ParentId is not { } parent)
        {
            return;
        }

        if (next.Call is { } key)
        {
            _places.TryAdd((parent, key), at);
        }

        if (!_calls.TryGetValue(parent, out var calls))
        {
            _calls[parent] = calls = [];
        }

        calls.Add(at);
    }
}
