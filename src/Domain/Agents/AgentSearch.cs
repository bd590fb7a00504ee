
namespace Orkestron.Domain.Agents;

/// <summary>Finds and orders listings. Pure.</summary>
internal static class AgentSearch
{
    private const int MaxWords = 10;

    public static IReadOnlyList<Listing> Find(IEnumerable<Listing> listings, AgentQuery query)
    {
        var words = (query.Text ?? "").ToLowerInvariant()
            .Split([' ', ',', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).Take(MaxWords).ToArray();
        var matches = listings
            .Where(listing => query.Skill is null || listing.Manifest.Skills.Contains(query.Skill))
            .Where(listing => query.Kind is null || listing.Manifest.Kind == query.Kind)
            .Where(listing => query.MaxPriceMicro is not { } most || listing.Manifest.Price.PerCallMicro <= most)
            .Select(listing => (Listing: listing, Score: words.Sum(word => Score(listing.Manifest, word))))
            .Where(match => words.Length == 0 || match.Score > 0);
        var ordered = query.Sort switch
        {
            "name" => matches.OrderBy(static match => match.Listing.Manifest.Title, StringComparer.OrdinalIgnoreCase),
            "price" => matches.OrderBy(static match => match.Listing.Manifest.Price.PerCallMicro),
            "newest" => matches.OrderByDescending(static match => match.Listing.PublishedAt),
            _ => matches.OrderByDescending(static match => match.Score),
        };
        return [.. ordered.ThenBy(static match => match.Listing.Manifest.Key, StringComparer.Ordinal)
            .Select(static match => match.Listing)];
    }

    // A hit in the name counts more than one in a skill, and that more than one in the text.
    private static int Score(AgentManifest manifest, string word)
    {
        bool In(string text) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
        return (In(manifest.Name) || In(manifest.Title) ? 5 : 0)
            + (manifest.Skills.Any(In) ? 3 : 0)
            + (In(manifest.Summary) ? 1 : 0)
            + (In(manifest.Provider) ? 1 : 0);
    }
}
