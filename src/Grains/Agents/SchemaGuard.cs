using System.Text.Json;
using System.Text.RegularExpressions;
using Orkestron.Contracts;
using Orkestron.GrainInterfaces;

namespace Orkestron.Grains.Agents;

/// <summary>
/// Keeps out schemas that would harm the node that applies them: references that go round or elsewhere, combinations that
/// multiply, and patterns that do not compile. Pure.
/// </summary>
internal static class SchemaGuard
{
    private const int MaxDepth = 32;
    private const int MaxWork = 2_000;
    private const int MaxPattern = 200;

    private static readonly string[] Elsewhere = ["$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$vocabulary"];
    private static readonly string[] InPlace = ["not", "if", "then", "else"];
    private static readonly string[] InPlaceLists = ["allOf", "anyOf", "oneOf"];

    /// <summary>What is wrong, or null.</summary>
    public static string? Fault(Payload schema)
    {
        try
        {
            using var document = JsonDocument.Parse(schema.Utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var root = document.RootElement;
            return Walk(root, root, new Dictionary<string, long?>(StringComparer.Ordinal));
        }
        catch (JsonException)
        {
            return $"it is not JSON of at most {MaxDepth} levels.";
        }
    }

    // Every place of the document is looked at, schema or not: what stands in an example must be harmless, too.
    private static string? Walk(JsonElement root, JsonElement at, Dictionary<string, long?> known)
    {
        if (at.ValueKind == JsonValueKind.Array)
        {
            return at.EnumerateArray().Select(item => Walk(root, item, known)).FirstOrDefault(static fault => fault is not null);
        }

        if (at.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (Elsewhere.FirstOrDefault(word => at.TryGetProperty(word, out var value) && value.ValueKind != JsonValueKind.Object) is { } refused)
        {
            return $"it may not use {refused}.";
        }

        if (at.TryGetProperty("pattern", out var pattern) && pattern.ValueKind == JsonValueKind.String
            && PatternFault(pattern.GetString()!) is { } bad)
        {
            return bad;
        }

        if (at.TryGetProperty("patternProperties", out var patterns) && patterns.ValueKind == JsonValueKind.Object
            && patterns.EnumerateObject().Select(static each => PatternFault(each.Name))
                .FirstOrDefault(static fault => fault is not null) is { } worse)
        {
            return worse;
        }

        return Work(root, at, known) switch
        {
            null => "its references ($ref) must point within it (#/...) and not go round without going deeper into the value.",
            > MaxWork => "its combinations (allOf, anyOf, oneOf, $ref) multiply.",
            _ => at.EnumerateObject().Select(each => Walk(root, each.Value, known)).FirstOrDefault(static fault => fault is not null),
        };
    }

    /// <summary>How many schemas one value is held against at this place; null when that has no end.</summary>
    private static long? Work(JsonElement root, JsonElement at, Dictionary<string, long?> known)
    {
        if (at.ValueKind != JsonValueKind.Object)
        {
            return 1;
        }

        var sum = 1L;
        foreach (var next in Next(at))
        {
            if (Work(root, next, known) is not { } more)
            {
                return null;
            }

            sum = Math.Min(sum + more, MaxWork + 1L);
        }

        if (!at.TryGetProperty("$ref", out var reference) || reference.ValueKind == JsonValueKind.Object)
        {
            return sum;
        }

        var pointer = reference.ValueKind == JsonValueKind.String ? reference.GetString()! : "";
        if (!known.TryGetValue(pointer, out var work))
        {
            // Met again before it is known: it goes round.
            known[pointer] = null;
            known[pointer] = work = Find(root, pointer) is { } target ? Work(root, target, known) : null;
        }

        return work is { } behind ? Math.Min(sum + behind, MaxWork + 1L) : null;
    }

    private static IEnumerable<JsonElement> Next(JsonElement at)
    {
        foreach (var word in InPlace)
        {
            if (at.TryGetProperty(word, out var one))
            {
                yield return one;
            }
        }

        foreach (var word in InPlaceLists)
        {
            if (at.TryGetProperty(word, out var list) && list.ValueKind == JsonValueKind.Array)
            {
                foreach (var each in list.EnumerateArray())
                {
                    yield return each;
                }
            }
        }

        if (at.TryGetProperty("dependentSchemas", out var dependent) && dependent.ValueKind == JsonValueKind.Object)
        {
            foreach (var each in dependent.EnumerateObject())
            {
                yield return each.Value;
            }
        }
    }

    private static JsonElement? Find(JsonElement root, string pointer)
    {
        if (pointer == "#")
        {
            return root;
        }

        if (!pointer.StartsWith("#/", StringComparison.Ordinal))
        {
            return null;
        }

        var at = root;
        foreach (var part in pointer[2..].Split('/'))
        {
            var name = JsonPointer.Unescape(Uri.UnescapeDataString(part));
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var member))
            {
                at = member;
            }
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(name, out var index) && index >= 0 && index < at.GetArrayLength())
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

    private static string? PatternFault(string pattern)
    {
        try
        {
            // What compiles without backtracking has neither back references nor look-around.
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return pattern.Length > MaxPattern ? $"a pattern has at most {MaxPattern} characters." : null;
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return $"the pattern '{pattern[..Math.Min(pattern.Length, 60)]}' is not a regular expression without look-around.";
        }
    }
}
