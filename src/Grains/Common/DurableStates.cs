using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Serialization;

namespace Orkestron.Grains.Common;

/// <summary>Makes the states of reentrant grains.</summary>
internal sealed class DurableStates(IServiceProvider services, IOptions<StateOptions> options)
{
    /// <inheritdoc cref="DurableState{T}"/>
    public DurableState<T> Of<T>(IPersistentState<T> stored, Action<T, T>? carryOver = null)
        where T : class
    {
        var copier = services.GetRequiredService<DeepCopier<T>>();
        return new DurableState<T>(stored, copier.Copy, options.Value, carryOver);
    }
}
