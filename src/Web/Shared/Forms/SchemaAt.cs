using System.Text.Json;

namespace Orkestron.Web.Shared.Forms;

/// <summary>A schema and its position in its document.</summary>
/// <param name="Json">The schema.</param>
/// <param name="Pointer">A JSON Pointer from the document's root.</param>
/// <param name="Tentative">Whether it is unknown if the schema applies: its members are then shown, and none is required.</param>
/// <param name="IsConditional">Whether it applies because of other parts of the value.</param>
internal readonly record struct SchemaAt(JsonElement Json, string Pointer, bool Tentative = false, bool IsConditional = false)
{
    /// <summary>The schemas in an array keyword such as <c>allOf</c>; empty when it is not there.</summary>
    public List<SchemaAt> List(string keyword)
    {
        var at = this;
        return SchemaReader.Member(Json, keyword) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select((each, index) => at with
            {
                Json = each,
                Pointer = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{at.Pointer}/{keyword}/{index}"),
            })]
            : [];
    }

    /// <summary>The values that the schema allows, with their titles; null when it does not list them.</summary>
    public IEnumerable<(string? Title, JsonElement Json)>? Constants()
    {
        var title = SchemaReader.Text(Json, "title");
        return SchemaReader.Member(Json, "const") is { } only
            ? [(title, only)]
            : SchemaReader.Member(Json, "enum") is { ValueKind: JsonValueKind.Array } options
                ? options.EnumerateArray().Select(option => (options.GetArrayLength() == 1 ? title : null, option))
                : null;
    }

    /// <summary>Whether the schema does more than require members and describe itself.</summary>
    public bool AddsFields() => Json.ValueKind != JsonValueKind.Object
        || Json.EnumerateObject().Any(static keyword => keyword.Name is not ("required" or "title" or "description" or "$comment" or "not"
            or "dependentRequired" or "minProperties" or "maxProperties"));

    /// <summary>Whether only null fits the schema.</summary>
    public bool IsNull() => SchemaReader.Text(Json, "type") == "null"
        || SchemaReader.Member(Json, "const") is { ValueKind: JsonValueKind.Null }
        || (SchemaReader.Member(Json, "enum") is
        {
            ValueKind: JsonValueKind.Array,
        } values && values.GetArrayLength() == 1 && values[0].ValueKind == JsonValueKind.Null);
}

/// <summary>One of several alternatives for a value.</summary>
/// <param name="Label">The name shown to people.</param>
/// <param name="Schema">What it adds to the schemas that apply anyway.</param>
internal sealed record SchemaBranch(string Label, SchemaAt Schema);
