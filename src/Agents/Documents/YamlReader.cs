using System.Globalization;
using System.Text.Json.Nodes;
using Orkestron.Agents.Common;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Orkestron.Agents.Documents;

/// <summary>
/// Reads one YAML document as JSON by the core schema, without tags. Aliases are copied and keys <c>&lt;&lt;</c> merged, within
/// limits of values and characters:
/// otherwise a few lines could expand to more than fits in memory. A number with leading zeros stays text: it is likely a code.
/// </summary>
internal sealed class YamlReader
{
    private const int MaxNodes = 100_000;
    private const int MaxCharacters = 2_000_000;

    private readonly Parser _parser;
    private readonly Dictionary<string, (JsonNode? Node, int Size, int Characters)> _anchors = new(StringComparer.Ordinal);
    private int _nodes;
    private int _characters;

    private YamlReader(string yaml) => _parser = new Parser(new StringReader(yaml));

    /// <summary>Reads the one document that there is.</summary>
    public static JsonNode? Read(string yaml, List<string> warnings) => Read(yaml, warnings, static reader => reader.Document());

    /// <summary>Reads one document, or several as a list of them.</summary>
    public static JsonNode? ReadAll(string yaml, List<string> warnings) => Read(yaml, warnings, reader => reader.Documents(warnings));

    private static JsonNode? Read(string yaml, List<string> warnings, Func<YamlReader, JsonNode?> read)
    {
        try
        {
            var node = read(new YamlReader(yaml));
            if (yaml.Contains('#', StringComparison.Ordinal))
            {
                warnings.Add("Comments of the YAML document are not kept.");
            }

            return node;
        }
        catch (YamlException e)
        {
            var why = e.Message.Split("): ", 2)[^1];
            throw DocumentFault.At("YAML", e.Start.Line, TextCut.Head(why, 300));
        }
    }

    private JsonNode? Documents(List<string> warnings)
    {
        _parser.Consume<StreamStart>();
        var documents = new JsonArray();
        while (_parser.TryConsume<DocumentStart>(out _))
        {
            _anchors.Clear();
            documents.Add(Node(1));
            _parser.Consume<DocumentEnd>();
        }

        switch (documents.Count)
        {
            case 0:
                throw DocumentFault.Of("empty_input", "The YAML document has no value.");
            case 1:
                var only = documents[0];
                documents.RemoveAt(0);
                return only;
            default:
                warnings.Add($"The YAML has {documents.Count} documents: they are written as one list.");
                return documents;
        }
    }

    private JsonNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            throw DocumentFault.Of("empty_input", "The YAML document has no value.");
        }

        var node = Node(0);
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<DocumentStart>(out var second)
            ? throw DocumentFault.At("YAML", second.Start.Line, "a second document begins; give one document only.")
            : node;
    }

    private JsonNode? Node(int depth)
    {
        var start = _parser.Current ?? (_parser.MoveNext() ? _parser.Current! : throw new YamlException("It ends too early."));
        Count(1, start);
        if (depth > JsonData.MaxDepth - 2)
        {
            throw DocumentFault.At("YAML", start.Start.Line, $"it is nested deeper than {JsonData.MaxDepth - 2} levels.");
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Copy(alias);
        }

        var (before, characters) = (_nodes, _characters);
        var (node, anchor) = Value(depth);
        if (!anchor.IsEmpty)
        {
            _anchors[anchor.Value] = (node, _nodes - before + 1, _characters - characters);
        }

        return node;
    }

    private (JsonNode? Node, AnchorName Anchor) Value(int depth)
    {
        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            Measure(scalar.Value.Length, scalar);
            return (YamlScalar.Read(scalar), scalar.Anchor);
        }

        if (_parser.TryConsume<SequenceStart>(out var sequence))
        {
            var items = new JsonArray();
            while (!_parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Node(depth + 1));
            }

            return (items, sequence.Anchor);
        }

        var mapping = _parser.Consume<MappingStart>();
        return (Members(depth), mapping.Anchor);
    }

    private JsonObject Members(int depth)
    {
        var members = new JsonObject();
        List<JsonObject>? merged = null;
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                throw DocumentFault.At("YAML", _parser.Current!.Start.Line, "a key must be a plain word or text.");
            }

            Measure(key.Value.Length, key);
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
            {
                (merged ??= []).AddRange(Merged(Node(depth + 1), key));
                continue;
            }

            if (members.ContainsKey(key.Value))
            {
                throw DocumentFault.At("YAML", key.Start.Line, "this key stands twice in its mapping.");
            }

            members.Add(key.Value, Node(depth + 1));
        }

        // The mapping's own keys win, then the first mapping that is merged.
        foreach (var (name, value) in (merged ?? []).SelectMany(static other => other.ToList()))
        {
            if (!members.ContainsKey(name))
            {
                members.Add(name, value?.DeepClone());
            }
        }

        return members;
    }

    // A merge key takes over a mapping or a list of them: the YAML type <<, as other readers have it.
    private static IEnumerable<JsonObject> Merged(JsonNode? node, ParsingEvent at) => node switch
    {
        JsonObject one => [one],
        JsonArray several when several.All(static each => each is JsonObject) => several.Cast<JsonObject>(),
        _ => throw DocumentFault.At("YAML", at.Start.Line, "the merge key << takes a mapping or a list of mappings; write \"<<\" in quotes for a key of that name."),
    };

    private JsonNode? Copy(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var anchored))
        {
            throw DocumentFault.At("YAML", alias.Start.Line, "this alias has no anchor before it, or stands inside its own anchor.");
        }

        Count(anchored.Size, alias);
        Measure(anchored.Characters, alias);
        return anchored.Node?.DeepClone();
    }

    private void Measure(int more, ParsingEvent at)
    {
        _characters += more;
        if (_characters > MaxCharacters)
        {
            throw DocumentFault.At(
                "YAML", at.Start.Line, $"it has more than {MaxCharacters.ToString("N0", CultureInfo.InvariantCulture)} characters, copies by aliases included.");
        }
    }

    private void Count(int more, ParsingEvent at)
    {
        _nodes += more;
        if (_nodes > MaxNodes)
        {
            throw DocumentFault.At(
                "YAML", at.Start.Line, $"it has more than {MaxNodes.ToString("N0", CultureInfo.InvariantCulture)} values, copies by aliases included.");
        }
    }
}
