using Microsoft.AspNetCore.WebUtilities;
using Orkestron.Contracts;
using Orkestron.Domain.Agents;

namespace Orkestron.Web.Features.Agents.Catalogue;

/// <summary>The search of the catalogue as given in the address.</summary>
internal sealed record CatalogueQuery(string? Text, string? Skill, string? Kind, string? MaxPrice, string? Sort, string? After)
{
    private const int PageSize = 24;
    private const int MaxText = 200;

    public static readonly string[] Kinds = ["worker", "orchestrator", "reviewer"];

    public static readonly string[] Sorts = ["relevance", "name", "price", "newest"];

    public string SortOrder => Sorts.Contains(Sort, StringComparer.Ordinal) ? Sort! : "relevance";

    public bool IsFiltered => Clean(Text) is not null || Clean(Skill) is not null || Clean(Kind) is not null || Clean(MaxPrice) is not null;

    /// <summary>What is wrong with the highest price, or null.</summary>
    public string? PriceFault => Clean(MaxPrice) is null || PriceMicro is not null
        ? null
        : "Enter a number of tokens, for instance 0.05.";

    private long? PriceMicro =>
        Tokens.TryParse(Clean(MaxPrice), out var tokens) && tokens.Micro >= 0 ? tokens.Micro : null;

    public AgentQuery ToQuery() => new(
        Clean(Text), Clean(Skill), Kinds.Contains(Kind, StringComparer.Ordinal) ? Kind : null, PriceMicro, SortOrder, Clean(After),
        PageSize);

    /// <summary>The address of the next page.</summary>
    public string Next(string cursor) => QueryHelpers.AddQueryString("/agents", new Dictionary<string, string?>
    {
        ["q"] = Clean(Text),
        ["skill"] = Clean(Skill),
        ["kind"] = Clean(Kind),
        ["maxPrice"] = Clean(MaxPrice),
        ["sort"] = SortOrder,
        ["after"] = cursor,
    });

    private static string? Clean(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : text.Trim() is { Length: > MaxText } all ? all[..MaxText] : text.Trim();
}
