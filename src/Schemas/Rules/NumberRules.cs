using System.Text.Json;
using Orkestron.Schemas.Checking;
using Orkestron.Schemas.Numbers;

namespace Orkestron.Schemas.Rules;

internal enum Bound
{
    Minimum,
    Maximum,
    ExclusiveMinimum,
    ExclusiveMaximum,
}

internal sealed class BoundRule(Bound bound, JsonElement limit) : Rule
{
    private readonly JsonNumber _limit = JsonNumber.Of(limit);
    private readonly string _shown = Wording.Shown(limit);

    public override bool Check(JsonElement value, in Spot spot)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            return true;
        }

        var order = JsonNumber.Of(value).CompareTo(_limit);
        return bound switch
        {
            Bound.Minimum => order >= 0 || spot.Tell("minimum", $"Enter {_shown} or more."),
            Bound.Maximum => order <= 0 || spot.Tell("maximum", $"Enter {_shown} or less."),
            Bound.ExclusiveMinimum => order > 0 || spot.Tell("exclusiveMinimum", $"Enter more than {_shown}."),
            _ => order < 0 || spot.Tell("exclusiveMaximum", $"Enter less than {_shown}."),
        };
    }
}

internal sealed class MultipleOfRule(JsonElement divisor) : Rule
{
    private readonly JsonNumber _divisor = JsonNumber.Of(divisor);
    private readonly string _shown = Wording.Shown(divisor);

    public override bool Check(JsonElement value, in Spot spot) => value.ValueKind != JsonValueKind.Number
        || JsonNumber.Of(value).IsMultipleOf(_divisor) || spot.Tell("multipleOf", $"Enter a multiple of {_shown}.");
}
