using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Orkestron.Journal.Keys;

/// <summary>
/// A cache of two generations: what was not used while one filled up is forgotten with it. It holds at most its limit.
/// </summary>
internal sealed class BoundedCache<TKey, TValue>(int limit)
    where TKey : notnull
    where TValue : class
{
    private readonly int _generation = Math.Max(1, limit / 2);
    private ConcurrentDictionary<TKey, TValue> _young = [];
    private ConcurrentDictionary<TKey, TValue> _old = [];
    private int _count;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_young.TryGetValue(key, out value))
        {
            return true;
        }

        if (!_old.TryGetValue(key, out value))
        {
            return false;
        }

        Set(key, value);
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        if (_young.TryAdd(key, value))
        {
            if (Interlocked.Increment(ref _count) >= _generation)
            {
                Age();
            }
        }
        else
        {
            _young[key] = value;
        }
    }

    public void Remove(TKey key)
    {
        _young.TryRemove(key, out _);
        _old.TryRemove(key, out _);
    }

    private void Age()
    {
        lock (this)
        {
            if (_count >= _generation)
            {
                _old = _young;
                _young = [];
                _count = 0;
            }
        }
    }
}
