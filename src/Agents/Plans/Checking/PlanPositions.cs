using System.Text;
using System.Text.Json;
using Orkestron.Contracts;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Orkestron.Agents.Plans.Checking;

/// <summary>Where the members of a plan stand in its text: lines and columns by JSON Pointer, both from 1. Pure.</summary>
internal static class PlanPositions
{
    /// <summary>The position of a pointer, or of its nearest ancestor.</summary>
    public static (int Line, int Column)? Nearest(IReadOnlyDictionary<string, (int Line, int Column)> positions, string path)
    {
        while (true)
        {
            if (positions.TryGetValue(path, out var position))
            {
                return position;
            }

            if (path.Length == 0)
            {
                return null;
            }

            path = path[..path.LastIndexOf('/')];
        }
    }

    /// <summary>Positions of a JSON text; a column counts characters.</summary>
    public static IReadOnlyDictionary<string, (int Line, int Column)> OfJson(string text)
    {
        var positions = new Dictionary<string, (int, int)>(StringComparer.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(text);
        var lines = new LineCounter(bytes);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 128 });
        var path = new PathStack();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    path.Name(reader.GetString()!);
                    positions[path.Current] = lines.At((int)reader.TokenStartIndex);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    path.Leave();
                    break;
                default:
                    path.Value();
                    positions.TryAdd(path.Current, lines.At((int)reader.TokenStartIndex));
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        path.Enter(reader.TokenType == JsonTokenType.StartArray);
                    }

                    break;
            }
        }

        return positions;
    }

    /// <summary>Positions of a YAML text that is known to be well formed.</summary>
    public static IReadOnlyDictionary<string, (int Line, int Column)> OfYaml(string text)
    {
        var positions = new Dictionary<string, (int, int)>(StringComparer.Ordinal);
        var parser = new Parser(new StringReader(text));
        var path = new PathStack();
        while (parser.MoveNext())
        {
            var at = ((int)parser.Current!.Start.Line, (int)parser.Current.Start.Column);
            switch (parser.Current)
            {
                case Scalar key when path.WantsName:
                    path.Name(key.Value);
                    positions[path.Current] = at;
                    break;
                case Scalar or AnchorAlias:
                    path.Value();
                    positions.TryAdd(path.Current, at);
                    break;
                case MappingStart or SequenceStart:
                    path.Value();
                    positions.TryAdd(path.Current, at);
                    path.Enter(parser.Current is SequenceStart);
                    break;
                case MappingEnd or SequenceEnd:
                    path.Leave();
                    break;
            }
        }

        return positions;
    }

    /// <summary>The pointer to where a reader of tokens is.</summary>
    private sealed class PathStack
    {
        private readonly Stack<(string Path, int Index, string? Name)> _open = new();

        public string Current { get; private set; } = "";

        /// <summary>Whether the next scalar is a member's name.</summary>
        public bool WantsName => _open.TryPeek(out var top) && top is { Index: < 0, Name: null };

        public void Name(string name)
        {
            var (path, index, _) = _open.Pop();
            _open.Push((path, index, name));
            Current = $"{path}/{JsonPointer.Escape(name)}";
        }

        public void Value()
        {
            if (!_open.TryPop(out var top))
            {
                Current = "";
                return;
            }

            Current = top.Index < 0 ? $"{top.Path}/{JsonPointer.Escape(top.Name!)}" : $"{top.Path}/{top.Index}";
            _open.Push(top.Index < 0 ? top with { Name = null } : top with { Index = top.Index + 1 });
        }

        public void Enter(bool list) => _open.Push((Current, list ? 0 : -1, null));

        public void Leave() => _open.Pop();
    }

    private sealed class LineCounter(byte[] text)
    {
        private int _at;
        private int _line = 1;
        private int _column = 1;

        /// <summary>The line and column of a byte; asked in rising order.</summary>
        public (int Line, int Column) At(int offset)
        {
            for (; _at < offset; _at++)
            {
                if (text[_at] == (byte)'\n')
                {
                    (_line, _column) = (_line + 1, 1);
                }
                else if ((text[_at] & 0xC0) != 0x80)
                {
                    _column++;
                }
            }

            return (_line, _column);
        }
    }
}
