using System.ComponentModel.DataAnnotations;

namespace Orkestron.Grains.Catalogue;

/// <summary>Limits of the list of agents. Section <c>Orkestron:Registry</c>.</summary>
/// <remarks>A new version of a listed agent, and the platform's own agents, always have room.</remarks>
public sealed class RegistryOptions
{
    /// <value>Agents that are listed; each search goes over all of them. The default is 20,000.</value>
    [Range(1, 1_000_000)]
    public int MaxListings { get; set; } = 20_000;

    /// <value>What is kept in memory of all of them to search in, in bytes of JSON. The default is 32 MiB.</value>
    [Range(1_024, 1_073_741_824)]
    public long MaxListingBytes { get; set; } = 33_554_432;
}
