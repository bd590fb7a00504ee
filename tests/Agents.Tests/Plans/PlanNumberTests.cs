using System.Text.Json;
using Orkestron.Agents.Plans.Model;

namespace Orkestron.Agents.Tests.Plans;

/// <summary>Plans compare numbers by all of their digits.</summary>
public sealed class PlanNumberTests
{
    [Theory]
    [InlineData("12345678901234567891", "more", "12345678901234567890", true)]
    [InlineData("12345678901234567891", "equal", "12345678901234567890", false)]
    [InlineData("0.30000000000000000001", "at-most", "0.3", false)]
    [InlineData("1e400", "less", "1e401", true)]
    [InlineData("1e99999999999", "equal", "1e99999999999", true)]
    [InlineData("-1e-400", "less", "0", true)]
    [InlineData("1.10", "equal", "1.1", true)]
    [InlineData("-0.0", "at-least", "0", true)]
    [InlineData("[1, 1e400]", "contains", "1e400", true)]
    [InlineData("[9007199254740993]", "contains", "9007199254740992", false)]
    public void Condition_OnNumbers_ComparesThemExactly(string left, string test, string right, bool holds)
    {
        var condition = JsonElement.Parse($$"""{"ref":"/input","is":"{{test}}","value":{{right}}}""");

        Assert.Equal(holds, PlanCondition.Holds(condition, new PlanScope(null, JsonElement.Parse(left))));
    }
}
