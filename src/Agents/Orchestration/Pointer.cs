using System.Globalization;
using System.Text.Json;

namespace Orkestron.Agents.Orchestration;

/// <summary>JSON Pointers (RFC 6901).</summary>
internal static class Pointer
{
    /// <summary>The value under the parts of a pointer, or null.</summary>
    public static JsonElement? Find(JsonElement value, ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            var name = Unescape(part);
            switch (value.ValueKind)
            {
                case JsonValueKind.Object when value.TryGetProperty(name, out var member):
                    value = member;
                    break;
                case JsonValueKind.Array when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < value.GetArrayLength():
                    value = value[index];
                    break;
                default:
                    return null;
            }
        }

        return value;
    }

    /// <summary>A name as it stands in a pointer.</summary>
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The name that a part of a pointer stands for.</summary>
    public static string Unescape(string part) =>
        part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    public static JsonElement? Find(JsonElement value, string pointer) =>
        pointer.Length == 0 ? value : Find(value, pointer.Split('/').AsSpan(1));
}
