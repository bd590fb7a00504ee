using Orkestron.Agents.Tests.Common;

namespace Orkestron.Agents.Tests.Search;

public sealed class SearchAgentTests(AgentsFixture agents)
{
    [Fact]
    public async Task Answer_ToAQuestion_IsQuotedFromTheRightDocument()
    {
        const string Rules = "Bicycles belong in the cellar. After ten in the evening no noise is allowed. Waste is collected on Thursdays.";
        var answer = await agents.RunAsync("semantic-search", new
        {
            question = "When must I be quiet?",
            documents = new[]
            {
                new { title = "Cooking", text = "Boil the pasta for nine minutes. Add salt." },
                new { title = "Rules", text = Rules },
            },
        });
        var quote = answer.GetProperty("answer");
        Assert.Equal("After ten in the evening no noise is allowed.", quote.GetProperty("text").GetString());
        Assert.Equal(1, quote.GetProperty("document").GetInt32());
        Assert.Equal(31, quote.GetProperty("offset").GetInt32());
        Assert.Equal("Rules", answer.GetProperty("passages")[0].GetProperty("title").GetString());
    }

    [Fact]
    public async Task Answer_WhenNothingIsNear_IsAbsent()
    {
        var answer = await agents.RunAsync("semantic-search", new
        {
            question = "How do I reset my password?",
            documents = new[] { new { title = "Pasta", text = "Boil the pasta for nine minutes." } },
        });
        Assert.False(answer.TryGetProperty("answer", out _));
        Assert.Equal(1, answer.GetProperty("passages").GetArrayLength());
    }

    [Fact]
    public async Task Passages_OfOneEndlessSentence_AreCutAndQuoteTheDocument()
    {
        var text = string.Concat(Enumerable.Repeat("🚀 rocket engines burn ", 300));
        var answer = await agents.RunAsync("semantic-search", new
        {
            question = "rocket",
            documents = new[] { new { title = "", text } },
            passages = 20,
        });
        Assert.True(answer.GetProperty("passagesSearched").GetInt32() > 3);
        Assert.All(answer.GetProperty("passages").EnumerateArray(), p =>
        {
            var passage = p.GetProperty("text").GetString()!;
            Assert.Equal(passage, text.Substring(p.GetProperty("offset").GetInt32(), passage.Length));
        });
    }

    [Fact]
    public async Task Run_OnTooManyPassages_SaysSo()
    {
        var text = string.Concat(Enumerable.Repeat(new string('a', 490) + ". ", 100));
        var documents = Enumerable.Range(0, 5).Select(i => new { title = $"D{i}", text }).ToArray();
        var answer = await agents.RunAsync("semantic-search", new { question = "a", documents });
        Assert.True(answer.GetProperty("truncated").GetBoolean());
        Assert.Equal(400, answer.GetProperty("passagesSearched").GetInt32());
    }
}
