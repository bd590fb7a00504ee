using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Orkestron.Agents.Documents;

/// <summary>The core schema's words for null, true, false and numbers.</summary>
internal static partial class YamlScalar
{
    public static JsonNode? Read(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty ? Plain(scalar.Value) : JsonValue.Create(scalar.Value);

    /// <summary>Whether the text, without quotes, would be read as something other than a text.</summary>
    public static bool Ambiguous(string text) =>
        text.Length == 0 || Plain(text) is not JsonValue value || value.GetValueKind() != System.Text.Json.JsonValueKind.String
        || OldWord().IsMatch(text) || char.IsAsciiDigit(text[0]) || text[0] is '.' or '+' or '-' || text is "<<";

    private static JsonNode? Plain(string text)
    {
        if (text is "" or "~" or "null" or "Null" or "NULL")
        {
            return null;
        }

        if (text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            return JsonValue.Create(text[0] is 't' or 'T');
        }

        if (JsonNumber().IsMatch(text))
        {
            return JsonNode.Parse(text);
        }

        return Hexadecimal().IsMatch(text)
            ? JsonValue.Create(long.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            : JsonValue.Create(text);
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?([eE][-+]?[0-9]{1,3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex JsonNumber();

    [GeneratedRegex("^0x[0-9a-fA-F]{1,15}$", RegexOptions.CultureInvariant)]
    private static partial Regex Hexadecimal();

    // Readers of YAML 1.1 take these for true and false.
    [GeneratedRegex("^(y|n|yes|no|on|off)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex OldWord();
}
