using System.Text.Json;
using Orkestron.Agents.Tests.Common;

namespace Orkestron.Agents.Tests.Keywords;

public sealed class KeywordAgentTests(AgentsFixture agents)
{
    [Fact]
    public async Task Entities_OfEveryKind_AreFoundWhereTheyStand()
    {
        const string Text = "Yesterday Lena Hoffmann of Nordwind paid €42 million, 3.5% or 20 EUR on 2027-03-12 and 12 March 2027. "
            + "Write to a.b@mail.example.org or see https://x.example/p?q=1. Because it rains.";
        var answer = await agents.RunAsync("keyword-extractor", new { text = Text });
        var found = answer.GetProperty("entities").EnumerateArray()
            .Select(e => (e.GetProperty("kind").GetString()!, e.GetProperty("text").GetString()!)).ToList();
        Assert.Contains(("name", "Lena Hoffmann of Nordwind"), found);
        Assert.Contains(("amount", "€42 million"), found);
        Assert.Contains(("amount", "3.5%"), found);
        Assert.Contains(("amount", "20 EUR"), found);
        Assert.Contains(("date", "2027-03-12"), found);
        Assert.Contains(("date", "12 March 2027"), found);
        Assert.Contains(("email", "a.b@mail.example.org"), found);
        Assert.Contains(("url", "https://x.example/p?q=1"), found);
        Assert.DoesNotContain(("name", "Because"), found);
        Assert.All(answer.GetProperty("entities").EnumerateArray(), e => Assert.Equal(
            e.GetProperty("text").GetString(),
            Text.Substring(e.GetProperty("offset").GetInt32(), e.GetProperty("length").GetInt32())));
    }

    [Fact]
    public async Task Keyphrases_OfARepeatedPhrase_PutItFirst()
    {
        var answer = await agents.RunAsync("keyword-extractor", new
        {
            text = "The battery storage park is near the sea. A battery storage park is expensive. We like the battery storage park.",
        });
        var first = answer.GetProperty("keyphrases")[0];
        Assert.Equal("battery storage park", first.GetProperty("text").GetString());
        Assert.Equal(3, first.GetProperty("count").GetInt32());
        Assert.Equal(1, first.GetProperty("score").GetDouble());
    }

    [Theory]
    [InlineData("日本語のテキストです。東京は大きい。")]
    [InlineData("😀😀 \u202E\u0000 ﷽")]
    [InlineData(".")]
    [InlineData("a@a@a@a@a.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Run_OnOddText_AnswersInShape(string text)
    {
        var answer = await agents.RunAsync("keyword-extractor", new { text });
        Assert.False(answer.GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public async Task Run_OnHugeHostileText_StaysBounded()
    {
        var text = string.Concat(Enumerable.Repeat("Aa1@x.de €1 ", 8_000));
        var answer = await agents.RunAsync("keyword-extractor", new { text });
        Assert.Equal(500, answer.GetProperty("entities").GetArrayLength());
        Assert.True(answer.GetProperty("truncated").GetBoolean());
        var refusal = await agents.RefusesAsync("keyword-extractor", new { text = new string('x', 100_001) });
        Assert.Equal("input_too_large", refusal.Code);
    }
}
