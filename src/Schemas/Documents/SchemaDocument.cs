using System.Globalization;
using System.Text.Json;
using Orkestron.Contracts;

namespace Orkestron.Schemas.Documents;

/// <summary>
/// A schema document and what its references name: by JSON Pointer, <c>$id</c>, <c>$anchor</c> and relative address, all
/// within the document. Nothing is ever fetched.
/// </summary>
public sealed class SchemaDocument
{
    private static readonly Uri Home = new("https://schema.invalid/");

    private readonly Dictionary<string, string> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Uri> _bases = new(StringComparer.Ordinal);

    private readonly HashSet<string> _dynamic = new(StringComparer.Ordinal);

    /// <exception cref="SchemaException">A name in it stands for two places.</exception>
    public SchemaDocument(JsonElement root)
    {
        Root = root;
        _resources[Key(Home)] = "";
        Index(root, "", Home);
    }

    public JsonElement Root { get; }

    /// <summary>The location that a reference names, as a JSON Pointer from the root, or null when it is not within the document.</summary>
    /// <param name="from">The location of the schema that refers.</param>
    /// <param name="reference">What <c>$ref</c> says.</param>
    public string? Resolve(string from, string reference)
    {
        if (!Uri.TryCreate(BaseOf(from), reference, out var target))
        {
            return null;
        }

        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var fragment = hash < 0 ? "" : reference[(hash + 1)..];
        var resource = Key(target);
        if (fragment.Length > 0 && fragment[0] != '/')
        {
            return _anchors.GetValueOrDefault($"{resource}#{Uri.UnescapeDataString(fragment)}");
        }

        if (!_resources.TryGetValue(resource, out var at))
        {
            return null;
        }

        // Bundlers give parts an $id and still refer from the top: what is not found below the part is looked for there.
        var pointer = Canonical(fragment);
        return LocationOf(at + pointer) ?? (hash == 0 ? LocationOf(pointer) : null);
    }

    private string? LocationOf(string location) => At(location) is { } found && SchemaKeywords.IsSchema(found) ? location : null;

    /// <summary>The JSON at a location, or null.</summary>
    /// <param name="location">A JSON Pointer from the root.</param>
    public JsonElement? At(string location)
    {
        var at = Root;
        if (location.Length == 0)
        {
            return at;
        }

        foreach (var part in location[1..].Split('/'))
        {
            var name = JsonPointer.Unescape(part);
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var member))
            {
                at = member;
            }
            else if (at.ValueKind == JsonValueKind.Array
                && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                return null;
            }
        }

        return at;
    }

    // A location inherits the address of the nearest schema above that has one.
    private Uri BaseOf(string location)
    {
        while (true)
        {
            if (_bases.TryGetValue(location, out var address))
            {
                return address;
            }

            if (location.Length == 0)
            {
                return Home;
            }

            location = location[..location.LastIndexOf('/')];
        }
    }

    private void Index(JsonElement schema, string location, Uri address)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if ((schema.Text("$id") ?? (location.Length == 0 ? schema.Text("id") : null)) is { Length: > 0 } id)
        {
            if (id[0] == '#')
            {
                _anchors.TryAdd(Key(address) + id, location);
            }
            else if (Uri.TryCreate(address, id, out var own))
            {
                address = own;
                _bases[location] = own;
                _resources.TryAdd(Key(own), location);
            }
        }

        foreach (var word in new[] { "$anchor", "$dynamicAnchor" })
        {
            if (schema.Text(word) is not { } anchor)
            {
                continue;
            }

            _anchors.TryAdd($"{Key(address)}#{anchor}", location);
            // An anchor that occurs once needs no base address.
            if (word == "$dynamicAnchor" && !_dynamic.Add(anchor))
            {
                throw new SchemaException($"it names two places '{anchor}' ($dynamicAnchor): give each a name of its own.");
            }
        }

        foreach (var (child, at) in Children(schema, location))
        {
            Index(child, at, address);
        }
    }

    private static IEnumerable<(JsonElement Schema, string Location)> Children(JsonElement schema, string location)
    {
        foreach (var word in SchemaKeywords.One)
        {
            if (schema.Member(word) is { ValueKind: JsonValueKind.Object } one)
            {
                yield return (one, $"{location}/{word}");
            }
        }

        foreach (var word in SchemaKeywords.Lists)
        {
            if (schema.Member(word) is { ValueKind: JsonValueKind.Array } list)
            {
                var index = 0;
                foreach (var each in list.EnumerateArray())
                {
                    yield return (each, string.Create(CultureInfo.InvariantCulture, $"{location}/{word}/{index++}"));
                }
            }
        }

        foreach (var word in SchemaKeywords.Maps)
        {
            if (schema.Member(word) is { ValueKind: JsonValueKind.Object } map)
            {
                foreach (var each in map.EnumerateObject())
                {
                    yield return (each.Value, $"{location}/{word}/{JsonPointer.Escape(each.Name)}");
                }
            }
        }
    }

    // As it stands in a fragment, %-encoded; as this class writes it, with only ~ and / escaped.
    private static string Canonical(string fragment) => fragment.Length == 0
        ? ""
        : "/" + string.Join(
            '/', fragment[1..].Split('/').Select(static part => JsonPointer.Escape(JsonPointer.Unescape(Uri.UnescapeDataString(part)))));

    private static string Key(Uri address) => address.AbsoluteUri.Split('#')[0];
}
