namespace Orkestron.Grains.Common;

/// <summary>Writes of cold state that cannot be believed before they are durable.</summary>
internal static class ColdState
{
    /// <summary>
    /// Writes the state. When that fails, the activation holds what was never written: it is dropped, and the next one
    /// reads the truth, so that a repeated command is not answered from memory alone.
    /// </summary>
    public static async Task SaveAsync<T>(this IPersistentState<T> state, IGrainBase grain)
    {
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            grain.DeactivateOnIdle();
            throw;
        }
    }
}
