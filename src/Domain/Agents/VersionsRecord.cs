
namespace Orkestron.Domain.Agents;

/// <summary>
/// The manifests of an agent's versions, so that a task keeps to the version that it agreed to, and any of them can be
/// brought back.
/// </summary>
[GenerateSerializer, Alias("orkestron.versions-record")]
internal sealed class VersionsRecord
{
    /// <summary>Oldest first.</summary>
    [Id(0)]
    public List<AgentManifest> Manifests { get; set; } = [];

    public AgentManifest? Find(string version) => Manifests.Find(each => each.Version == version);

    /// <summary>
    /// Keeps a manifest, in place of one of the same version. Beyond the bounds the oldest go that no waiting or working
    /// step needs; a task that comes back for one of them later fails with <c>version_gone</c>.
    /// </summary>
    public void Keep(AgentManifest manifest, IReadOnlySet<string> needed, int maxVersions, long maxBytes)
    {
        Manifests.RemoveAll(each => each.Version == manifest.Version);
        Manifests.Add(manifest);
        var bytes = Manifests.Sum(Bytes);
        for (var i = 0; i < Manifests.Count - 1 && (Manifests.Count > maxVersions || bytes > maxBytes);)
        {
            if (needed.Contains(Manifests[i].Version))
            {
                i++;
                continue;
            }

            bytes -= Bytes(Manifests[i]);
            Manifests.RemoveAt(i);
        }
    }

    /// <summary>How large a manifest is, but for its short texts.</summary>
    public static long Bytes(AgentManifest manifest) =>
        manifest.InputSchema.Length + manifest.OutputSchema.Length + (manifest.Plan?.Length ?? 0)
        + (manifest.Examples.IsDefault ? 0 : manifest.Examples.Sum(static example => (long)example.Input.Length));
}
