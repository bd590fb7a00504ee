using System.Text;
using Orkestron.Domain.Endpoints;

namespace Orkestron.Grains.Tests.Endpoints;

public sealed class ToldJsonTests
{
    [Theory]
    [InlineData("\ufeff{\"text\":\"a\"}", """{"text":"a"}""")]
    [InlineData("""{"text":"\ud83d\ude00 \\ud83d"}""", """{"text":"\ud83d\ude00 \\ud83d"}""")]
    [InlineData("""[12345678901234567.89, 1.10, 1e400, -0.0]""", """[12345678901234567.89, 1.10, 1e400, -0.0]""")]
    public void Json_ThatIsText_IsReadAsItIs(string told, string json)
    {
        Assert.True(UntrustedJson.TryParse(Encoding.UTF8.GetBytes(told), out var read));
        Assert.Equal(json, read.Value.GetRawText());
    }

    [Theory]
    [InlineData("""{"output":{"text":["a","\ud83d"]}}""", "In '/output/text/1': The text has half of a surrogate pair (\\ud83d).")]
    [InlineData("""{"\udc00":1}""", "half of a surrogate pair (\\udc00)")]
    [InlineData("""{"text":"\ud83d\u0041"}""", "In '/text'")]
    [InlineData("\ufeff\ufeff{}", "is not JSON")]
    [InlineData("{", "is not JSON")]
    public void Json_ThatIsNoText_IsRefusedWithItsPlace(string told, string fault)
    {
        Assert.False(UntrustedJson.TryParse(Encoding.UTF8.GetBytes(told), out _, out var wrong));
        Assert.Contains(fault, wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_InAnotherEncoding_IsRefused()
    {
        Assert.False(UntrustedJson.TryParse(Encoding.Latin1.GetBytes("{\"text\":\"ä\"}"), out _, out var wrong));
        Assert.Equal("is not UTF-8", wrong);
    }
}
