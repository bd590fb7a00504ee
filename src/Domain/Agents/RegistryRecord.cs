namespace Orkestron.Domain.Agents;

/// <summary>What a build before this one stored of the registry: all listings in one state. Read once, and made rows.</summary>
[GenerateSerializer, Alias("orkestron.registry-record")]
internal sealed class RegistryRecord
{
    [Id(0)]
    public Dictionary<string, Listing> Listings { get; set; } = [];
}
