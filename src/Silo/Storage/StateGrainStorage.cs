using Orkestron.Journal;
using Orleans.Storage;

namespace Orkestron.Silo.Storage;

/// <summary>Stores grain states through the journal's writer: on SQLite there is a single writer.</summary>
/// <remarks>The ETag is the version. Keys hold the service, the state's name and the grain's id.</remarks>
internal sealed class StateGrainStorage(IStateStore states, IGrainStorageSerializer serializer) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await states.ReadAsync(Key(stateName, grainId));
        grainState.RecordExists = stored is not null;
        grainState.ETag = stored?.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        grainState.State = stored is null
            ? Activator.CreateInstance<T>()
            : serializer.Deserialize<T>(new BinaryData(stored.Bytes));
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var result = await states.WriteAsync(
            Key(stateName, grainId), Version(grainState), serializer.Serialize(grainState.State).ToArray());
        Take(result, grainState, grainId);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Take(await states.DeleteAsync(Key(stateName, grainId), Version(grainState)), grainState, grainId);
        (grainState.RecordExists, grainState.ETag, grainState.State) = (false, null, Activator.CreateInstance<T>());
    }

    private static void Take<T>(AppendResult result, IGrainState<T> state, GrainId grain)
    {
        var version = result.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (result.Status == AppendStatus.Conflict)
        {
            throw new InconsistentStateException($"The state of {grain} was written by another activation.", version, state.ETag);
        }

        state.ETag = version;
    }

    private static long Version<T>(IGrainState<T> state) =>
        state.ETag is null ? 0 : long.Parse(state.ETag, System.Globalization.CultureInfo.InvariantCulture);

    private static string Key(string stateName, GrainId grain) => $"{stateName}/{grain}";
}
