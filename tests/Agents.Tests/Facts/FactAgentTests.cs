using System.Text.Json;
using Orkestron.Agents.Tests.Common;

namespace Orkestron.Agents.Tests.Facts;

public sealed class FactAgentTests(AgentsFixture agents)
{
    private const string Source = "The bridge opened on 3 May 1931. It is 412 metres long. Trams do not cross it. "
        + "Four towers carry the cables.";

    [Theory]
    [InlineData("The bridge is 412 metres long.", "supported")]
    [InlineData("The bridge is 512 metres long.", "unsupported")]
    [InlineData("The bridge opened on 3 May 1931.", "supported")]
    [InlineData("Trams do not cross the bridge.", "supported")]
    [InlineData("Trams cross the bridge.", "unsupported")]
    [InlineData("4 towers carry the cables.", "supported")]
    [InlineData("The museum sells tickets online.", "unsupported")]
    [InlineData("桥", "unsupported")]
    public async Task Claim_AgainstASource_GetsItsVerdict(string claim, string verdict)
    {
        var answer = await CheckAsync(claim, Source);
        Assert.Equal(verdict, answer.GetProperty("verdict").GetString());
        var passage = answer.GetProperty("passage");
        var text = passage.GetProperty("text").GetString()!;
        Assert.Equal(text, Source.Substring(passage.GetProperty("offset").GetInt32(), text.Length));
    }

    [Fact]
    public async Task Claim_WithAnotherNumber_IsToldWhich()
    {
        var answer = await CheckAsync("The bridge is 512 metres long.", Source);
        Assert.Contains("512", answer.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_OfOneEndlessSentence_IsCut()
    {
        var answer = await CheckAsync("Rockets burn.", string.Concat(Enumerable.Repeat("🚀 rockets burn ", 3_000)));
        Assert.InRange(answer.GetProperty("passage").GetProperty("text").GetString()!.Length, 1, 1_000);
    }

    [Theory]
    [InlineData("""{"claims":[],"sources":[{"text":"a"}]}""", "invalid_input")]
    [InlineData("""{"claims":["a"],"sources":[null]}""", "empty_input")]
    [InlineData("""{"claims":[null],"sources":[{"text":"a"}]}""", "empty_input")]
    [InlineData("""{"claims":["a"],"sources":[{"text":"..."}]}""", "empty_input")]
    [InlineData("""{"claims":["a"],"sources":[{"text":"a"}],"minimumScore":-1}""", "invalid_input")]
    public async Task Input_OfAnotherShape_IsRefused(string input, string code)
    {
        var refusal = await agents.RefusesAsync("fact-checker", input);
        Assert.Equal(code, refusal.Code);
    }

    private async Task<JsonElement> CheckAsync(string claim, string source)
    {
        var answer = await agents.RunAsync(
            "fact-checker", new { claims = new[] { claim }, sources = new[] { new { title = "S", text = source } } });
        return answer.GetProperty("claims")[0];
    }
}
