using System.Text.Json;

namespace Orkestron.Schemas.Numbers;

/// <summary>
/// Equality of JSON values as JSON Schema means it: numbers by value, objects without regard to order. Strings that are
/// no text (half of a surrogate pair) are equal to nothing.
/// </summary>
public sealed class JsonEquality : IEqualityComparer<JsonElement>
{
    public static JsonEquality Instance { get; } = new();

    public bool Equals(JsonElement x, JsonElement y)
    {
        if (x.ValueKind != y.ValueKind)
        {
            return false;
        }

        return x.ValueKind switch
        {
            JsonValueKind.Number => JsonNumber.Of(x) == JsonNumber.Of(y),
            JsonValueKind.String => x.ValueEquals(y.GetString()),
            JsonValueKind.Array => x.GetArrayLength() == y.GetArrayLength() && x.EnumerateArray().SequenceEqual(y.EnumerateArray(), this),
            JsonValueKind.Object => SameMembers(x, y),
            _ => true,
        };
    }

    public int GetHashCode(JsonElement obj)
    {
        var hash = new HashCode();
        hash.Add(obj.ValueKind);
        switch (obj.ValueKind)
        {
            case JsonValueKind.Number:
                hash.Add(JsonNumber.Of(obj));
                break;
            case JsonValueKind.String:
                hash.Add(obj.GetString(), StringComparer.Ordinal);
                break;
            case JsonValueKind.Array:
                foreach (var item in obj.EnumerateArray())
                {
                    hash.Add(GetHashCode(item));
                }

                break;
            case JsonValueKind.Object:
                var members = 0;
                foreach (var member in obj.EnumerateObject())
                {
                    // Without regard to order.
                    members ^= HashCode.Combine(member.Name, GetHashCode(member.Value));
                }

                hash.Add(members);
                break;
            default:
                break;
        }

        return hash.ToHashCode();
    }

    private bool SameMembers(JsonElement x, JsonElement y)
    {
        if (x.GetPropertyCount() != y.GetPropertyCount())
        {
            return false;
        }

        var others = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in y.EnumerateObject())
        {
            others[member.Name] = member.Value;
        }

        return x.EnumerateObject().All(member => others.TryGetValue(member.Name, out var other) && Equals(member.Value, other));
    }
}
