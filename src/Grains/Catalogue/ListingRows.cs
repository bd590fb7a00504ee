using System.Text.Json;
using System.Text.Json.Serialization;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Journal;

namespace Orkestron.Grains.Catalogue;

/// <summary>The rows of listed agents, written with the events of <see cref="ListingFold"/>.</summary>
internal static class ListingRows
{
    private const int Page = 1_000;

    public static RowTable Table { get; } = new(
        "agent_listings",
        1,
        [
            new("agent", ColumnType.Text),
            new("published_at", ColumnType.Integer),
            new("digest", ColumnType.Text),
            new("manifest", ColumnType.Bytes),
        ],
        []);

    public static RowChange Put(StoredListing listing) => Table.Put(
        listing.Agent, Instants.ToMicroseconds(listing.Listing.PublishedAt), listing.Digest, listing.Body);

    public static RowChange Delete(string agent) => Table.Delete(agent);

    /// <summary>All rows, in the order of the agents' names; null in place of one that cannot be read.</summary>
    public static async IAsyncEnumerable<(string Agent, StoredListing? Listing)> ReadAsync(IJournal journal)
    {
        await foreach (var page in journal.PagesAsync(Table.Query() with { Limit = Page }))
        {
            foreach (var row in page)
            {
                yield return (row.Text(0), Read(row));
            }
        }
    }

    private static StoredListing? Read(Row row)
    {
        var body = (byte[])row.Values[3]!;
        try
        {
            var manifest = EventCodec.Read(body, ListingJson.Default.AgentManifest);
            return new StoredListing(
                new Listing(manifest, Instants.FromMicroseconds(row.Integer(1))), row.Text(2), body);
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException)
        {
            return null;
        }
    }
}

/// <summary>How a listed manifest is written. What a newer version adds is passed over: its agent has the whole.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(AgentManifest))]
internal sealed partial class ListingJson : JsonSerializerContext;
