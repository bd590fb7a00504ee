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
    [InlineData("They paid USD 5m.", "USD 5m")]
    [InlineData("They paid $5bn or 5k EUR.", "$5bn", "5k EUR")]
    [InlineData("A loss of -5 USD, of \u22125,50 EUR and of USD -7.", "-5 USD", "\u22125,50 EUR", "USD -7")]
    [InlineData("Es kostet 1 234,56 EUR, 1.234,56 \u20AC oder 1'234.50 CHF.", "1 234,56 EUR", "1.234,56 \u20AC", "1'234.50 CHF")]
    [InlineData("Um 12\u00A0345\u00A0678 EUR und 3 Mio. Euro.", "12\u00A0345\u00A0678 EUR", "3 Mio. Euro")]
    [InlineData("US$5 and A$ 7.50 and 10-12 USD.", "US$5", "A$ 7.50", "10-12 USD")]
    [InlineData("In 2026 500 EUR were paid, 12.5 % of it.", "500 EUR", "12.5 %")]
    [InlineData("Part EUR5X2 and USD 5x and 7 EURO2 are no amounts.")]
    public async Task Amounts_AreWholeOrNone(string text, params string[] expected)
    {
        var answer = await agents.RunAsync("keyword-extractor", new { text });
        var found = answer.GetProperty("entities").EnumerateArray()
            .Where(static entity => entity.GetProperty("kind").ValueEquals("amount"))
            .Select(static entity => entity.GetProperty("text").GetString()!);
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData("Die U\u0308berpru\u0308fung der Bru\u0308cken", "\u00FCberpr\u00FCfung")]
    [InlineData("A sea\u00ADport battery", "seaport battery")]
    [InlineData("Cafe\u0301 owners and caf\u00E9 owners", "caf\u00E9 owners")]
    [InlineData("\u0928\u092E\u0938\u094D\u0924\u0947", "\u0928\u092E\u0938\u094D\u0924\u0947")]
    public async Task Words_KeepTheirMarksAndSoftHyphens(string text, string phrase)
    {
        var answer = await agents.RunAsync("keyword-extractor", new { text });
        Assert.Contains(answer.GetProperty("keyphrases").EnumerateArray(), each => each.GetProperty("text").ValueEquals(phrase));
    }

    [Fact]
    public async Task Name_WithMarks_IsOne()
    {
        var answer = await agents.RunAsync("keyword-extractor", new { text = "Yesterday Jose\u0301 Mu\u0308ller sang." });
        Assert.Contains(
            answer.GetProperty("entities").EnumerateArray(),
            static entity => entity.GetProperty("text").ValueEquals("Jose\u0301 Mu\u0308ller"));
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
