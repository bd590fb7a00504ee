using System.Text.Json;
using Orkestron.Schemas.Numbers;

namespace Orkestron.Agents.Plans.Model;

/// <summary>
/// Conditions: <c>{ref, is, value}</c> with is one of equal, not-equal, less, at-most, more, at-least, exists, contains;
/// <c>{all: [...]}</c>, <c>{any: [...]}</c>, <c>{not: ...}</c>.
/// </summary>
internal static class PlanCondition
{
    public static readonly string[] Tests =
        ["equal", "not-equal", "less", "at-most", "more", "at-least", "exists", "contains"];

    public static bool Holds(JsonElement condition, PlanScope scope)
    {
        if (condition.TryGetProperty("all", out var all))
        {
            return all.EnumerateArray().All(each => Holds(each, scope));
        }

        if (condition.TryGetProperty("any", out var any))
        {
            return any.EnumerateArray().Any(each => Holds(each, scope));
        }

        if (condition.TryGetProperty("not", out var not))
        {
            return !Holds(not, scope);
        }

        var found = scope.Find(condition.GetProperty("ref").GetString()!);
        var test = condition.GetProperty("is").GetString();
        if (test == "exists")
        {
            return found is { ValueKind: not JsonValueKind.Null };
        }

        var value = PlanTemplate.Fill(condition.GetProperty("value"), scope);
        return found is { } left && test switch
        {
            "equal" => JsonEquality.Instance.Equals(left, value),
            "not-equal" => !JsonEquality.Instance.Equals(left, value),
            "contains" => Contains(left, value),
            _ => Compare(left, value) is { } order && test switch
            {
                "less" => order < 0,
                "at-most" => order <= 0,
                "more" => order > 0,
                _ => order >= 0,
            },
        };
    }

    private static bool Contains(JsonElement left, JsonElement value) => left.ValueKind switch
    {
        JsonValueKind.Array => left.EnumerateArray().Any(item => JsonEquality.Instance.Equals(item, value)),
        JsonValueKind.String when value.ValueKind == JsonValueKind.String =>
            left.GetString()!.Contains(value.GetString()!, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static int? Compare(JsonElement left, JsonElement right) => (left.ValueKind, right.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => JsonNumber.Of(left).CompareTo(JsonNumber.Of(right)),
        (JsonValueKind.String, JsonValueKind.String) => string.CompareOrdinal(left.GetString(), right.GetString()),
        _ => null,
    };
}
