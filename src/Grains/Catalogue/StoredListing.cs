using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Journal;

namespace Orkestron.Grains.Catalogue;

/// <summary>A listing as its row holds it.</summary>
/// <param name="Listing">What is searched in. Schemas, examples and plan stay with the agent.</param>
/// <param name="Digest">Names the whole manifest: see <see cref="ManifestDigest"/>.</param>
/// <param name="Body">The manifest without them, by <see cref="EventCodec"/>.</param>
internal sealed record StoredListing(Listing Listing, string Digest, byte[] Body)
{
    public string Agent => Listing.Manifest.Key;

    public static StoredListing Of(AgentManifest manifest, DateTimeOffset publishedAt)
    {
        var searched = manifest with
        {
            InputSchema = Payload.EmptyObject,
            OutputSchema = Payload.EmptyObject,
            Examples = [],
            Plan = null,
            Calls = [],
            Quoted = null,
        };
        // To the microsecond, as the row keeps it: read back, it is still the same.
        var at = Instants.FromMicroseconds(Instants.ToMicroseconds(publishedAt));
        return new StoredListing(
            new Listing(searched, at), ManifestDigest.Of(manifest), EventCodec.Write(searched, ListingJson.Default.AgentManifest));
    }

    /// <summary>Whether the other lists the same version, published at the same time.</summary>
    public bool SameAs(StoredListing other) => Digest == other.Digest && Listing.PublishedAt == other.Listing.PublishedAt;
}
