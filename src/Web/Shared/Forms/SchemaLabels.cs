using System.Globalization;
using System.Text.Json;
using Orkestron.Schemas.Documents;

namespace Orkestron.Web.Shared.Forms;

/// <summary>Labels of the alternatives of a schema. Pure.</summary>
internal static class SchemaLabels
{
    /// <summary>
    /// The label of an alternative: its title, the constant that distinguishes it, the name that it is referred to by, or its
    /// type; otherwise its number.
    /// </summary>
    public static string Of(
        SchemaDocument document, SchemaAt branch, IReadOnlyDictionary<string, SchemaBranch> chosen, int index)
    {
        var shape = new SchemaShape(document, [branch], chosen);
        if (shape.Text("title") is { Length: > 0 } title)
        {
            return title;
        }

        foreach (var (_, schemas) in shape.Properties())
        {
            if (schemas.Count > 0 && SchemaReader.Member(schemas[0].Json, "const") is { ValueKind: JsonValueKind.String } name)
            {
                return SchemaReader.Humanise(name.GetString()!);
            }
        }

        return SchemaReader.Text(branch.Json, "$ref") is { } reference && reference.LastIndexOf('/') is >= 0 and var slash
            ? SchemaReader.Humanise(Uri.UnescapeDataString(reference[(slash + 1)..]))
            : shape.Type is { } type ? OfType(type) : string.Create(CultureInfo.InvariantCulture, $"Form {index + 1}");
    }

    /// <summary>A JSON type as people call it.</summary>
    public static string OfType(string type) => type switch
    {
        "string" => "Text",
        "integer" => "Whole number",
        "number" => "Number",
        "boolean" => "Yes or no",
        "array" => "List",
        "object" => "Fields",
        _ => SchemaReader.Humanise(type),
    };
}
