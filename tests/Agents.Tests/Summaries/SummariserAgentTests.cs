using Orkestron.Agents.Tests.Common;

namespace Orkestron.Agents.Tests.Summaries;

public sealed class SummariserAgentTests(AgentsFixture agents)
{
    [Fact]
    public async Task Summary_WithAFocus_PicksTheSentenceAboutIt()
    {
        var answer = await agents.RunAsync("summariser", new
        {
            text = "Cats sleep most of the day. The volcano erupted at noon and covered the town in ash. Bread is baked at night.",
            sentences = 1,
            focus = "What did the eruption do?",
        });
        Assert.Equal(
            "The volcano erupted at noon and covered the town in ash.", answer.GetProperty("summary").GetString());
        Assert.Equal(1, answer.GetProperty("sentences")[0].GetProperty("index").GetInt32());
    }

    [Fact]
    public async Task Summary_OfRepeatedSentences_DoesNotRepeatItself()
    {
        var text = string.Concat(Enumerable.Repeat("The bridge will be closed for repairs in May. ", 5))
            + "Ferries will run every ten minutes instead.";
        var answer = await agents.RunAsync("summariser", new { text, sentences = 2 });
        Assert.Contains("Ferries", answer.GetProperty("summary").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Summary_OfMoreThan400Sentences_SaysItWasTruncated()
    {
        var text = string.Concat(Enumerable.Range(0, 420).Select(i => $"Ship {i} left. "));
        var answer = await agents.RunAsync("summariser", new { text });
        Assert.Equal(400, answer.GetProperty("sentencesRead").GetInt32());
        Assert.True(answer.GetProperty("truncated").GetBoolean());
    }

    [Theory]
    [InlineData("   \n ")]
    [InlineData("!!! ... ???")]
    public async Task Summary_OfNothing_IsRefused(string text)
    {
        var refusal = await agents.RefusesAsync("summariser", new { text });
        Assert.Equal("empty_input", refusal.Code);
    }

    [Theory]
    [InlineData("東京は日本の首都です。人口は千四百万人です。雨が降っています。")]
    [InlineData("👩‍🚀 in space! ﷽ \u0000 x")]
    public async Task Summary_OfUnicode_Answers(string text)
    {
        var answer = await agents.RunAsync("summariser", new { text, sentences = 1 });
        Assert.NotEqual("", answer.GetProperty("summary").GetString());
    }

    [Fact]
    public async Task Summary_FromManyThreads_IsTheSame()
    {
        var runs = Enumerable.Range(0, 6).Select(_ => agents.RunAsync(
            "summariser", agents["summariser"].Card.Examples[0].Input));
        var answers = await Task.WhenAll(runs);
        Assert.Single(answers.Select(a => a.GetRawText()).Distinct());
    }

    [Fact]
    public async Task Run_WhenCancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var agent = agents["summariser"];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => agent.RunAsync(agent.Card.Examples[0].Input, new FakeContext(), stop.Token));
    }
}
