using System.Text;
using Orkestron.Contracts.Common;

namespace Orkestron.Grains.Tests.Common;

public sealed class JsonFormTests
{
    [Theory]
    [InlineData("""{"a":[1,"\ud83d\ude00"]}""", null)]
    [InlineData("""{"a":[1,"\ud83d"]}""", "In '/a/1': The text has half of a surrogate pair")]
    [InlineData("""{"n":1e400,"m":-0.00000000000000000000000000000000000001}""", null)]
    [InlineData("""{"n":NaN}""", "It is not JSON: see byte 6 of line 1. NaN and Infinity are no JSON.")]
    [InlineData("""{"n":1""", "It is not JSON")]
    public void Fault_SaysWhatIsWrongAndWhere(string json, string? fault)
    {
        var found = JsonForm.Fault(Encoding.UTF8.GetBytes(json), isJson: false);

        Assert.Equal(fault is null, found is null);
        Assert.StartsWith(fault ?? "", found ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(62, null)]
    [InlineData(63, "It is nested more than 62 deep.")]
    [InlineData(50_000, "It is nested more than 62 deep.")]
    public void Fault_OfDepth(int depth, string? fault) => Assert.Equal(
        fault, JsonForm.Fault(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth))));

    [Fact]
    public void Fault_OfManyThatLieBesideEachOther_IsNone() => Assert.Null(JsonForm.Fault(
        Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat("[{}]", 1_000)) + "]")));

    [Fact]
    public void Fault_OfBytesThatAreNoText() => Assert.Equal("It is not UTF-8.", JsonForm.Fault([(byte)'"', 0xC3, 0x28, (byte)'"']));
}
