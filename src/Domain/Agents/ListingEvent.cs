using System.Text.Json.Serialization;

namespace Orkestron.Domain.Agents;

/// <summary>A fact about the list of agents. The discriminators stand in the log for ever: add, never rename or reuse.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RegistryOpened), RegistryOpened.Name)]
[JsonDerivedType(typeof(ListingsImported), ListingsImported.Name)]
[JsonDerivedType(typeof(AgentListed), AgentListed.Name)]
[JsonDerivedType(typeof(AgentUnlisted), AgentUnlisted.Name)]
internal abstract record ListingEvent
{
    public static string NameOf(ListingEvent fact) => fact switch
    {
        RegistryOpened => RegistryOpened.Name,
        ListingsImported => ListingsImported.Name,
        AgentListed => AgentListed.Name,
        AgentUnlisted => AgentUnlisted.Name,
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact.GetType().Name, "An event without a name."),
    };
}

/// <summary>An activation of the registry reads the rows from here on: one before it cannot write any more.</summary>
internal sealed record RegistryOpened : ListingEvent
{
    public const string Name = "registry.opened";
}

/// <summary>Listings that a build before this one kept in one state were made rows.</summary>
internal sealed record ListingsImported(int Count) : ListingEvent
{
    public const string Name = "registry.imported";
}

/// <summary>An agent was listed, or listed with another version.</summary>
internal sealed record AgentListed(string Agent, string Version, DateTimeOffset PublishedAt) : ListingEvent
{
    public const string Name = "agent.listed";
}

/// <summary>An agent was taken out of the list.</summary>
internal sealed record AgentUnlisted(string Agent) : ListingEvent
{
    public const string Name = "agent.unlisted";
}

/// <summary>How many facts there are: what is listed stands in the rows.</summary>
internal sealed record ListingsChanged(long Count);

/// <summary>The stream of the registry, to which one activation writes at a time. Pure.</summary>
internal static class ListingFold
{
    public static EventKind<ListingsChanged, ListingEvent> Kind { get; } = new()
    {
        Prefix = "agent-registry/",
        EventJson = ListingEventJson.Default.ListingEvent,
        TypeOf = ListingEvent.NameOf,
        Initial = new ListingsChanged(0),
        Apply = static (changed, _) => new ListingsChanged(changed.Count + 1),
        SnapshotJson = ListingEventJson.Default.ListingsChanged,
    };
}

/// <summary>How events of the registry are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ListingEvent))]
[JsonSerializable(typeof(ListingsChanged))]
internal sealed partial class ListingEventJson : JsonSerializerContext;
