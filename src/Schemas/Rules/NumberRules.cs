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
    private readonly string _text = Wording.Short(limit);

    public override bool Check(JsonElement value, in RuleContext context)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            return true;
        }

        var order = JsonNumber.Of(value).CompareTo(_limit);
        return bound switch
        {
            Bound.Minimum => order >= 0 || context.Report("minimum", $"Enter {_text} or more."),
            Bound.Maximum => order <= 0 || context.Report("maximum", $"Enter {_text} or less."),
            Bound.ExclusiveMinimum => order > 0 || context.Report("exclusiveMinimum", $"Enter more than {_text}."),
            _ => order < 0 || context.Report("exclusiveMaximum", $"Enter less than {_text}."),
        };
    }
}

internal sealed class MultipleOfRule(JsonElement divisor) : Rule
{
    private readonly JsonNumber _divisor = JsonNumber.Of(divisor);
    private readonly string _text = Wording.Short(divisor);

    public override bool Check(JsonElement value, in RuleContext context) => value.ValueKind != JsonValueKind.Number
        || JsonNumber.Of(value).IsMultipleOf(_divisor) || context.Report("multipleOf", $"Enter a multiple of {_text}.");
}
