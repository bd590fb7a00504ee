using Orkestron.Contracts.Providers;

namespace Orkestron.Sdk.Providers;

/// <summary>How many values one message to the connected platform may carry.</summary>
/// <param name="Count">Number of values; 0 when messages cannot carry any.</param>
/// <param name="Bytes">Their total size, in bytes of JSON.</param>
internal sealed record ValueLimits(int Count, int Bytes)
{
    public static ValueLimits None { get; } = new(0, 0);

    public static ValueLimits Of(ProviderWelcome welcome) =>
        new(Math.Max(0, welcome.MaxValues ?? 0), Math.Max(0, welcome.MaxValueBytes ?? 0));
}
