using System.Collections.Concurrent;
using Orleans.Storage;

namespace Orkestron.Grains.Tests.Common;

/// <summary>Cold storage in memory, serialised as the product does, that can be told to fail.</summary>
internal sealed class FaultyStorage(IGrainStorageSerializer serializer) : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (BinaryData Bytes, int Version)> _states = new(StringComparer.Ordinal);
    private int _fails;
    private int _writes;

    /// <summary>Writes so far, those of agents aside.</summary>
    public int Writes => Volatile.Read(ref _writes);

    /// <summary>
    /// The n-th write from now on fails, once; nothing of it is stored. Agents' do not count: they store by themselves.
    /// </summary>
    public void FailAt(int write) => Volatile.Write(ref _fails, write);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var found = _states.TryGetValue(Key(stateName, grainId), out var stored);
        grainState.RecordExists = found;
        grainState.ETag = found ? $"{stored.Version}" : null;
        grainState.State = found ? serializer.Deserialize<T>(stored.Bytes) : Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainId.Type.ToString() != "agent")
        {
            Interlocked.Increment(ref _writes);
            if (Interlocked.Decrement(ref _fails) == 0)
            {
                throw new IOException("The store is down.");
            }
        }

        var version = grainState.ETag is null ? 1 : int.Parse(grainState.ETag, null) + 1;
        _states[Key(stateName, grainId)] = (serializer.Serialize(grainState.State), version);
        (grainState.ETag, grainState.RecordExists) = ($"{version}", true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _states.TryRemove(Key(stateName, grainId), out _);
        (grainState.ETag, grainState.RecordExists, grainState.State) = (null, false, Activator.CreateInstance<T>());
        return Task.CompletedTask;
    }

    private static string Key(string stateName, GrainId grain) => $"{stateName}/{grain}";
}
