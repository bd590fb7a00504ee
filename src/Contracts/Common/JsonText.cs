using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Orkestron.Contracts;

/// <summary>Something in a JSON text that cannot be taken.</summary>
/// <param name="Pointer">JSON Pointer to the text, or to the object whose member's name it is.</param>
/// <param name="Offset">Where the text begins, in bytes.</param>
/// <param name="Sentence">What it is, and what to do.</param>
public sealed record JsonTextFault(string Pointer, int Offset, string Sentence)
{
    /// <summary>The sentence with its place, for what an agent answered.</summary>
    public string OfAnAnswer => $"The agent's answer cannot be taken. In '{Pointer}': {Sentence}";
}

/// <summary>
/// Finds what is good JSON and no good text: half of a surrogate pair (RFC 7493, 2.1), which no string here can hold, and
/// the character U+0000, which no database column can. Pure.
/// </summary>
public static class JsonText
{
    /// <summary>The deepest JSON that is taken, counted from the body's root.</summary>
    public const int MaxDepth = 64;

    /// <summary>The deepest answer that fits into the message of a provider's process that brings it.</summary>
    public const int MaxAnswerDepth = 60;

    /// <summary>Half of a surrogate pair in what an agent answered, asked or sent; null where there is none.</summary>
    public static JsonTextFault? Find(JsonElement content) => content.ValueKind == JsonValueKind.Undefined
        ? null
        : Find(JsonMarshal.GetRawUtf8Value(content), static _ => true, isContent: true);

    /// <summary>Whether a value is nested deeper than <see cref="MaxAnswerDepth"/>.</summary>
    public static bool IsTooDeep(JsonElement content)
    {
        var reader = new Utf8JsonReader(
            JsonMarshal.GetRawUtf8Value(content), new JsonReaderOptions { MaxDepth = MaxAnswerDepth });
        try
        {
            while (reader.Read())
            {
            }

            return false;
        }
        catch (JsonException)
        {
            return true;
        }
    }

    /// <summary>The first fault of a text; null where there is none.</summary>
    /// <param name="utf8">Valid UTF-8, and perhaps JSON: what is not is left to the parser.</param>
    /// <param name="isContent">Whether a member of the root is content, which may have U+0000.</param>
    public static JsonTextFault? Find(ReadOnlySpan<byte> utf8, Func<string, bool> isContent)
    {
        ArgumentNullException.ThrowIfNull(isContent);
        return Find(utf8, isContent, isContent: false);
    }

    private static JsonTextFault? Find(ReadOnlySpan<byte> utf8, Func<string, bool> isMember, bool isContent)
    {
        // Both are written as escapes: in a body without any there is nothing to look for.
        if (utf8.IndexOf("\\u"u8) < 0)
        {
            return null;
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        var path = new JsonPlace();
        var content = isContent;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String && reader.ValueIsEscaped
                    && Fault(reader.ValueSpan, content) is { } sentence)
                {
                    return new JsonTextFault(path.Of(reader.TokenType), (int)reader.TokenStartIndex, sentence);
                }

                path.Move(ref reader);
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                {
                    content = isMember(reader.GetString()!);
                }
            }
        }
        catch (JsonException)
        {
            // The parser tells what is wrong, and where.
        }

        return null;
    }

    private static string? Fault(ReadOnlySpan<byte> escaped, bool content)
    {
        for (var i = escaped.IndexOf((byte)'\\'); i >= 0 && i < escaped.Length - 1; i += Next(escaped[i..]))
        {
            if (escaped[i + 1] != 'u')
            {
                i += 2;
                continue;
            }

            var unit = Unit(escaped, i);
            if (unit == 0 && !content)
            {
                return "The text has the character U+0000 (\\u0000), which no text here can have. Remove it.";
            }

            var pair = char.IsHighSurrogate(unit) && i + 11 < escaped.Length && escaped[i + 6] == '\\' && escaped[i + 7] == 'u'
                && char.IsLowSurrogate(Unit(escaped, i + 6));
            if (!pair && char.IsSurrogate(unit))
            {
                return $"The text has half of a surrogate pair (\\u{(int)unit:x4}). Send both halves, or the character itself in UTF-8.";
            }

            i += pair ? 12 : 6;
        }

        return null;
    }

    // To the next escape; past the end when there is none.
    private static int Next(ReadOnlySpan<byte> rest) => rest.IndexOf((byte)'\\') is >= 0 and var at ? at : rest.Length;

    private static char Unit(ReadOnlySpan<byte> escaped, int at) =>
        (char)ushort.Parse(escaped.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>Where a reader is, for a JSON Pointer.</summary>
    private sealed class JsonPlace
    {
        private readonly Stack<(bool Array, int Index, string Name)> _open = [];

        public string Of(JsonTokenType token)
        {
            var text = new StringBuilder();
            foreach (var (array, index, name) in token == JsonTokenType.PropertyName ? _open.Skip(1).Reverse() : _open.Reverse())
            {
                text.Append('/').Append(array ? index.ToString(CultureInfo.InvariantCulture) : JsonPointer.Escape(name));
            }

            return text.ToString();
        }

        public void Move(ref Utf8JsonReader reader)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    _open.Pop();
                    _open.Push((false, 0, reader.GetString()!));
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    _open.Push((reader.TokenType == JsonTokenType.StartArray, 0, ""));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _open.Pop();
                    Ended();
                    break;
                default:
                    Ended();
                    break;
            }
        }

        private void Ended()
        {
            if (_open.TryPeek(out var top) && top.Array)
            {
                _open.Pop();
                _open.Push(top with { Index = top.Index + 1 });
            }
        }
    }
}
