using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Agents;

namespace Orkestron.Grains.Catalogue;

/// <summary>The listings in memory, to search in: what the rows hold, and never more.</summary>
internal sealed class ListingIndex(RegistryOptions limits)
{
    private readonly Dictionary<string, StoredListing> _listings = new(StringComparer.Ordinal);
    private ImmutableArray<string> _skills;
    private long _bytes;

    public IEnumerable<Listing> Listings => _listings.Values.Select(static each => each.Listing);

    /// <summary>All their skills, in alphabetical order.</summary>
    public ImmutableArray<string> Skills => _skills.IsDefault
        ? _skills = [.. Listings.SelectMany(static each => each.Manifest.Skills).Distinct().Order(StringComparer.Ordinal)]
        : _skills;

    /// <summary>Whether it is listed as it is.</summary>
    public bool Has(StoredListing listing) => _listings.TryGetValue(listing.Agent, out var known) && known.SameAs(listing);

    public bool Has(string agent) => _listings.ContainsKey(agent);

    /// <summary>Why a listing has no room; null when it has.</summary>
    public Refusal? Refuse(StoredListing listing) =>
        Has(listing.Agent) || listing.Listing.Manifest.Transport == AgentTransports.BuiltIn
        || (_listings.Count < limits.MaxListings && _bytes + listing.Body.Length <= limits.MaxListingBytes)
            ? null
            : Domain.Refuse.With(
                RefusalCode.TooMany,
                $"{listing.Agent} is published, but not listed: the catalogue is full. You can run it; others cannot until it is "
                + "listed. Try that later, or ask the operator for room.");

    public void Put(StoredListing listing)
    {
        Remove(listing.Agent);
        _listings.Add(listing.Agent, listing);
        _bytes += listing.Body.Length;
        _skills = default;
    }

    public void Remove(string agent)
    {
        if (_listings.Remove(agent, out var known))
        {
            _bytes -= known.Body.Length;
            _skills = default;
        }
    }
}
