using System.Globalization;
using System.Text.Json;
using Orkestron.Contracts;

namespace Orkestron.Agents.Plans.Model;

/// <summary>JSON Pointers (RFC 6901).</summary>
internal static class Pointer
{
    /// <summary>The value under the parts of a pointer, or null.</summary>
    public static JsonElement? Find(JsonElement value, ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            var name = JsonPointer.Unescape(part);
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

    public static JsonElement? Find(JsonElement value, string pointer) =>
        pointer.Length == 0 ? value : Find(value, pointer.Split('/').AsSpan(1));
}
