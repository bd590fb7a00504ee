using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Orkestron.Agents.Documents;

/// <summary>
/// Reads one YAML document as JSON by the core schema, without tags. Aliases are copied, within a limit: a few lines of
/// them could else stand for more than fits in memory. A number with leading zeros stays text: it is likely a code.
/// </summary>
internal sealed class YamlReader
{
    private const int MaxNodes = 100_000;

    private readonly Parser _parser;
    private readonly Dictionary<string, (JsonNode? Node, int Size)> _anchors = new(StringComparer.Ordinal);
    private int _nodes;

    private YamlReader(string yaml) => _parser = new Parser(new StringReader(yaml));

    public static JsonNode? Read(string yaml, List<string> warnings)
    {
        try
        {
            var node = new YamlReader(yaml).Document();
            if (yaml.Contains('#', StringComparison.Ordinal))
            {
                warnings.Add("Comments of the YAML document are not kept.");
            }

            return node;
        }
        catch (YamlException e)
        {
            var why = e.Message.Split("): ", 2)[^1];
            throw DocumentFault.At("YAML", e.Start.Line, why.Length <= 300 ? why : why[..300]);
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

        var before = _nodes;
        var (node, anchor) = Value(depth);
        if (!anchor.IsEmpty)
        {
            _anchors[anchor.Value] = (node, _nodes - before + 1);
        }

        return node;
    }

    private (JsonNode? Node, AnchorName Anchor) Value(int depth)
    {
        if (_parser.TryConsume<Scalar>(out var scalar))
        {
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
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                throw DocumentFault.At("YAML", _parser.Current!.Start.Line, "a key must be a plain word or text.");
            }

            if (members.ContainsKey(key.Value))
            {
                throw DocumentFault.At("YAML", key.Start.Line, "this key stands twice in its mapping.");
            }

            members.Add(key.Value, Node(depth + 1));
        }

        return members;
    }

    private JsonNode? Copy(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var anchored))
        {
            throw DocumentFault.At("YAML", alias.Start.Line, "this alias has no anchor before it, or stands inside its own anchor.");
        }

        Count(anchored.Size, alias);
        return anchored.Node?.DeepClone();
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
