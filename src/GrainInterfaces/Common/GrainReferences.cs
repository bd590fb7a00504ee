using Orleans.Runtime;

namespace Orkestron.GrainInterfaces;

/// <summary>
/// References for the task path. <see cref="IGrainFactory"/> reads an interface's attributes by reflection for each
/// reference it makes; here that is done once an interface.
/// </summary>
public static class GrainReferences
{
    /// <summary>The grain of a key.</summary>
    public static T Get<T>(this IGrainFactory grains, Guid key)
        where T : class, IGrainWithGuidKey =>
        Names<T>.Value is { } names
            ? Of<T>(grains, names, GrainIdKeyExtensions.CreateGuidKey(key))
            : Learn(grains.GetGrain<T>(key));

    /// <summary>The grain of a key.</summary>
    public static T Get<T>(this IGrainFactory grains, string key)
        where T : class, IGrainWithStringKey =>
        Names<T>.Value is { } names ? Of<T>(grains, names, IdSpan.Create(key)) : Learn(grains.GetGrain<T>(key));

    private static T Of<T>(IGrainFactory grains, GrainNames names, IdSpan key) =>
        (T)grains.GetGrain(GrainId.Create(names.Grain, key), names.Interface);

    private static T Learn<T>(T first)
        where T : class, IAddressable
    {
        if (first is GrainReference reference)
        {
            Names<T>.Value = new GrainNames(reference.GrainId.Type, reference.InterfaceType);
        }

        return first;
    }

    private sealed record GrainNames(GrainType Grain, GrainInterfaceType Interface);

    private static class Names<T>
    {
        public static GrainNames? Value { get; set; }
    }
}
