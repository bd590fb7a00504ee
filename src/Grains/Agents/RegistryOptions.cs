using System.ComponentModel.DataAnnotations;

namespace Orkestron.Grains.Agents;

/// <summary>Limits of the list of agents. Section <c>Orkestron:Registry</c>.</summary>
/// <remarks>A new version of a listed agent, and the platform's own agents, always have room.</remarks>
public sealed class RegistryOptions
{
    /// <value>Agents that are listed. The default is 50,000.</value>
    [Range(1, 1_000_000)]
    public int MaxListings { get; set; } = 50_000;

    /// <value>What is kept in memory of all of them to search in, in bytes of JSON. The default is 64 MiB.</value>
    [Range(1_024, 1_073_741_824)]
    public long MaxListingBytes { get; set; } = 67_108_864;
}
