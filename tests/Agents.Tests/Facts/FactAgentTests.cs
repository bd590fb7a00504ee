using System.Text.Json;
using Orkestron.Agents.Facts;
using Orkestron.Agents.Facts.Wording;
using Orkestron.Agents.Tests.Common;

namespace Orkestron.Agents.Tests.Facts;

public sealed class FactAgentTests(AgentsFixture agents)
{
    private const string Source = "The bridge opened on 3 May 1931. It is 412 metres long. Trams do not cross it. "
        + "Four towers carry the cables.";

    public static TheoryData<string, string, string> Corpus =>
        [.. ClaimCorpus.Rows.Select(static row => new TheoryDataRow<string, string, string>(row.Verdict, row.Claim, row.Source))];

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Claim_OfTheCorpus_IsJudgedByItsWording(string verdict, string claim, string source)
    {
        var ruling = ClaimRules.Decide(claim, [Statements.Of(source, null)]);
        var told = ruling.Verdict is Verdict.Supported or Verdict.Contradicted
            ? ruling.Verdict.Value.ToString().ToLowerInvariant()
            : "undecided";
        Assert.Equal(verdict, told);
    }

    [Fact]
    public async Task Corpus_ThroughTheAgent_SupportsNoFalseOrReversedClaim()
    {
        Assert.True(ClaimCorpus.Rows.Count >= 60);
        // Each is judged by its wording above; some are enough to show that the agent says no more.
        foreach (var (verdict, claim, source) in ClaimCorpus.Rows.Where(static (_, i) => i % 4 == 0))
        {
            var answer = await CheckAsync(claim, source);
            Assert.Equal(verdict == "supported", answer.GetProperty("verdict").ValueEquals("supported"));
            Assert.NotEqual("", answer.GetProperty("reason").GetString());
            Assert.NotEqual(0, answer.GetProperty("nearest").GetArrayLength());
        }
    }

    [Theory]
    [InlineData("The bridge is 412 metres long.", "cannot-tell")]
    [InlineData("The bridge opened on 3 May 1931.", "supported")]
    [InlineData("Trams cross the bridge.", "cannot-tell")]
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

    [Theory]
    [InlineData("The bridge is 512 metres long.", "It is 412 metres long.", "512")]
    [InlineData("Trams cross the old bridge.", "No tram crosses the old bridge.", "The passage denies")]
    [InlineData("Linz beat Graz in the final.", "Graz beat Linz in the final.", "another order")]
    [InlineData("All pumps of the plant failed.", "Pumps of the plant failed.", "'all'")]
    [InlineData("The pump of the plant failed.", "The pump of the plant may have failed.", "'may'")]
    [InlineData("The pump of Graz failed.", "The pump of the plant failed.", "Graz")]
    public async Task Claim_ThatIsWordedOtherwise_IsToldWhatDiffers(string claim, string source, string words)
    {
        var answer = await CheckAsync(claim, source);
        Assert.Equal("cannot-tell", answer.GetProperty("verdict").GetString());
        Assert.Contains(
            answer.GetProperty("differs").EnumerateArray(), line => line.GetString()!.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Source_WhoseTitleSaysMyths_SupportsNothing()
    {
        var answer = await agents.RunAsync(
            "fact-checker",
            new { claims = new[] { "The drug is safe." }, sources = new[] { new { title = "Common myths", text = "The drug is safe." } } });
        Assert.Equal("cannot-tell", answer.GetProperty("claims")[0].GetProperty("verdict").GetString());
    }

    [Fact]
    public void Card_PromisesNoMoreThanTheRulesGive()
    {
        var card = agents["fact-checker"].Card;
        Assert.DoesNotContain("fact", card.Title, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("cannot tell", card.Summary, StringComparison.Ordinal);
        Assert.Contains("word for word", card.Summary, StringComparison.Ordinal);
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
