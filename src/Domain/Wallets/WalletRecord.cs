using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Orkestron.Domain.Wallets;

/// <summary>A wallet as its facts make it. Nothing personal: it is kept in snapshots.</summary>
/// <param name="AvailableMicro">Free to spend; never below zero.</param>
/// <param name="HeldMicro">The sum of the open holds.</param>
/// <param name="Holds">The open holds.</param>
internal sealed record WalletRecord(long AvailableMicro, long HeldMicro, ImmutableDictionary<Guid, OpenHold> Holds)
{
    public static WalletRecord Empty { get; } = new(0, 0, ImmutableDictionary<Guid, OpenHold>.Empty);

    public WalletView View() => new(AvailableMicro, HeldMicro, 0);
}

/// <summary>Tokens set aside.</summary>
internal sealed record OpenHold(Guid TaskId, long AmountMicro, DateTimeOffset At);

/// <summary>How events of wallets are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(WalletEvent))]
[JsonSerializable(typeof(WalletRecord))]
internal sealed partial class WalletJson : JsonSerializerContext;
