using Orkestron.Contracts.Providers;

namespace Orkestron.Sdk.Providers;

/// <summary>How many values one message may carry to the platform that is connected now.</summary>
/// <param name="Count">Values; 0 where it takes none with what follows them.</param>
/// <param name="Bytes">Those together, in bytes of JSON.</param>
internal sealed record ValueLimits(int Count, int Bytes)
{
    public static ValueLimits None { get; } = new(0, 0);

    public static ValueLimits Of(ProviderWelcome welcome) =>
        new(Math.Max(0, welcome.MaxValues ?? 0), Math.Max(0, welcome.MaxValueBytes ?? 0));
}
