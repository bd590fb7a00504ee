using System.Collections.Concurrent;
using Orleans.Storage;

namespace Orkestron.Grains.Tests.Common;

/// <summary>
/// Cold storage in memory, serialised as the product does, that knows stale writes, and can be told to fail and to wait.
/// </summary>
internal sealed class FaultyStorage(IGrainStorageSerializer serializer) : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (BinaryData Bytes, int Version)> _states = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _held = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _failing = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _begun = new(StringComparer.Ordinal);
    private int _fails;
    private int _writes;

    /// <summary>Writes so far, those of agents aside.</summary>
    public int Writes => Volatile.Read(ref _writes);

    /// <summary>
    /// The n-th write from now on fails, once; nothing of it is stored. Agents' do not count: they store by themselves.
    /// </summary>
    public void FailAt(int write) => Volatile.Write(ref _fails, write);

    /// <summary>The next write of a grain's state fails; nothing of it is stored.</summary>
    public void FailNext(string stateName, GrainId grain) => _failing[Key(stateName, grain)] = true;

    /// <summary>Writes of a grain's state wait from now on, until the result is called.</summary>
    public Action Hold(string stateName, GrainId grain)
    {
        var gate = _held[Key(stateName, grain)] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return () =>
        {
            _held.TryRemove(Key(stateName, grain), out _);
            gate.SetResult();
        };
    }

    /// <summary>How many writes of a grain's state were begun.</summary>
    public int Begun(string stateName, GrainId grain) => _begun.GetValueOrDefault(Key(stateName, grain));

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var found = _states.TryGetValue(Key(stateName, grainId), out var stored);
        grainState.RecordExists = found;
        grainState.ETag = found ? $"{stored.Version}" : null;
        grainState.State = found ? serializer.Deserialize<T>(stored.Bytes) : Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = Key(stateName, grainId);
        _begun.AddOrUpdate(key, 1, static (_, count) => count + 1);
        var bytes = serializer.Serialize(grainState.State);
        var expected = grainState.ETag is null ? 0 : int.Parse(grainState.ETag, null);
        if (_held.TryGetValue(key, out var gate))
        {
            await gate.Task;
        }

        if (_failing.TryRemove(key, out _))
        {
            throw new IOException("The store is down.");
        }

        if (grainId.Type.ToString() != "agent")
        {
            Interlocked.Increment(ref _writes);
            if (Interlocked.Decrement(ref _fails) == 0)
            {
                throw new IOException("The store is down.");
            }
        }

        var found = _states.TryGetValue(key, out var stored) ? stored.Version : 0;
        if (found != expected)
        {
            throw new InconsistentStateException("Another activation wrote.", $"{found}", grainState.ETag);
        }

        _states[key] = (bytes, expected + 1);
        (grainState.ETag, grainState.RecordExists) = ($"{expected + 1}", true);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _states.TryRemove(Key(stateName, grainId), out _);
        (grainState.ETag, grainState.RecordExists, grainState.State) = (null, false, Activator.CreateInstance<T>());
        return Task.CompletedTask;
    }

    private static string Key(string stateName, GrainId grain) => $"{stateName}/{grain}";
}
