using System.Text.Json;
using Orkestron.Schemas.Checking;
using Orkestron.Schemas.Numbers;

namespace Orkestron.Schemas.Rules;

internal sealed class TypeRule(JsonTypes types) : Rule
{
    public override bool Check(JsonElement value, in RuleContext context) =>
        types.Has(value) || context.Report("type", types.Advice(value));
}

/// <summary><c>enum</c> and <c>const</c>.</summary>
internal sealed class EnumRule(string keyword, JsonElement[] values) : Rule
{
    private const int Few = 16;

    private readonly HashSet<JsonElement>? _many = values.Length > Few ? new(values, JsonEquality.Instance) : null;

    public override bool Check(JsonElement value, in RuleContext context) =>
        (_many?.Contains(value) ?? values.Contains(value, JsonEquality.Instance)) || context.Report(keyword, Wording.Choices(values));
}
