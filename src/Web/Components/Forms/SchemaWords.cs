using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Orkestron.Web.Components.Forms;

/// <summary>Reads the words of a JSON Schema that a form needs. A schema is a provider's text: nothing is assumed of it.</summary>
internal static class SchemaWords
{
    private const int MaxReferences = 8;

    public static JsonElement? Member(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var value) ? value : null;

    public static string? Text(JsonElement schema, string name) =>
        Member(schema, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static decimal? Number(JsonElement schema, string name) =>
        Member(schema, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var value)
            ? value
            : null;

    public static int? Integer(JsonElement schema, string name) =>
        Member(schema, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value)
            ? value
            : null;

    /// <summary>The type; of several the first that is not null.</summary>
    public static string? Type(JsonElement schema) => Member(schema, "type") switch
    {
        { ValueKind: JsonValueKind.String } one => one.GetString(),
        { ValueKind: JsonValueKind.Array } several => several.EnumerateArray()
            .Where(static type => type.ValueKind == JsonValueKind.String)
            .Select(static type => type.GetString())
            .FirstOrDefault(static type => type != "null"),
        _ => null,
    };

    /// <summary>Follows references within the schema, a bounded number of them.</summary>
    public static JsonElement Resolve(JsonElement root, JsonElement schema)
    {
        for (var followed = 0; followed < MaxReferences && Text(schema, "$ref") is { } reference; followed++)
        {
            var target = (JsonElement?)root;
            foreach (var part in reference.Split('/').Skip(1))
            {
                target = target is { } at ? Member(at, part) : null;
            }

            if (target is not { } found || !reference.StartsWith("#/", StringComparison.Ordinal))
            {
                break;
            }

            schema = found;
        }

        return schema;
    }

    /// <summary><c>maxKeyphrases</c> as <c>Max keyphrases</c>; what has blanks is text already, and stays.</summary>
    public static string Humanise(string name)
    {
        if (name.Any(char.IsWhiteSpace))
        {
            return name;
        }

        var words = new StringBuilder();
        foreach (var c in name)
        {
            if (c is '_' or '-')
            {
                words.Append(' ');
            }
            else if (char.IsAsciiLetterUpper(c) && words.Length > 0 && char.IsAsciiLetterLower(words[^1]))
            {
                words.Append(' ').Append(char.ToLowerInvariant(c));
            }
            else
            {
                words.Append(words.Length == 0 ? char.ToUpper(c, CultureInfo.InvariantCulture) : c);
            }
        }

        return words.ToString();
    }
}
