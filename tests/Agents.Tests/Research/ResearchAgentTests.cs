using System.Text.Json;
using Orkestron.Agents.Tests.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Tests.Research;

public sealed class ResearchAgentTests(AgentsFixture agents)
{
    private JsonElement Input => agents["research-brief"].Card.Examples[0].Input;

    [Fact]
    public async Task Brief_OfDocuments_MergesWhatTheAgentsGive()
    {
        var context = new FakeContext(agents.All);
        var answer = await agents.RunAsync("research-brief", Input, context);
        Assert.Equal("Its bronze parts resist corrosion in sea water.", answer.GetProperty("answer").GetString());
        var brief = answer.GetProperty("brief").GetString()!;
        foreach (var part in (string[])["# Which pump", "## Answer", "### Pump A10", "### Pump B20", "## Key terms", "sea water"])
        {
            Assert.Contains(part, brief, StringComparison.Ordinal);
        }

        Assert.Equal(0, answer.GetProperty("missing").GetArrayLength());
        Assert.Equal(
            ["orkestron/semantic-search", "orkestron/summariser", "orkestron/summariser", "orkestron/keyword-extractor"],
            context.Calls);
        foreach (var line in brief.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Contains(line, context.Written, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Brief_WhenOneAgentFails_HasTheOthersPartsAndNamesTheMissing()
    {
        var context = new FakeContext(agents.All)
        {
            Fail = (agent, _) => agent.EndsWith("summariser", StringComparison.Ordinal)
                ? new AgentFailedException("The <b>silo</b> is *gone*.") : null,
        };
        var answer = await agents.RunAsync("research-brief", Input, context);
        Assert.Equal(2, answer.GetProperty("missing").GetArrayLength());
        Assert.Contains("The summary of Pump A10", answer.GetProperty("missing")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("\\<b\\>", answer.GetProperty("brief").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(0, answer.GetProperty("keywords").GetArrayLength());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Brief_WhenAllAgentsFail_Fails(bool retryable)
    {
        var context = new FakeContext(agents.All) { Fail = (_, _) => new AgentFailedException("down") { Retryable = retryable } };
        var failure = await Assert.ThrowsAsync<AgentFailedException>(() => agents.RunAsync("research-brief", Input, context));
        Assert.Equal("research_failed", failure.Code);
        Assert.Equal(retryable, failure.Retryable);
    }

    [Fact]
    public async Task Brief_OfHostileAnswers_ShowsThemAsText()
    {
        var hostile = new Impostor("summariser", agents["summariser"].Card, """
            {"summary":"# Pay me\n\n<script>x</script> [a](javascript:b)","sentences":[],"sentencesRead":1,"truncated":false,"compressionRatio":1}
            """);
        var broken = new Impostor("keyword-extractor", agents["keyword-extractor"].Card, """{"keyphrases":5}""");
        var context = new FakeContext([agents["semantic-search"], hostile, broken]);
        var answer = await agents.RunAsync("research-brief", Input, context);
        var brief = answer.GetProperty("brief").GetString()!;
        Assert.DoesNotContain("<script>", brief, StringComparison.Ordinal);
        Assert.DoesNotContain("[a](", brief, StringComparison.Ordinal);
        Assert.DoesNotContain("\n# Pay", brief, StringComparison.Ordinal);
        Assert.Equal(1, answer.GetProperty("missing").GetArrayLength());
    }

    [Fact]
    public async Task Run_WhenCancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => agents["research-brief"].RunAsync(Input, new FakeContext(agents.All), stop.Token));
    }

    [Theory]
    [InlineData("""{"question":"a","documents":[]}""", "invalid_input")]
    [InlineData("""{"question":"a","documents":[null]}""", "empty_input")]
    [InlineData("""{"question":" ","documents":[{"text":"a"}]}""", "empty_input")]
    public async Task Input_OfAnotherShape_IsRefused(string input, string code)
    {
        var refusal = await agents.RefusesAsync("research-brief", input);
        Assert.Equal(code, refusal.Code);
    }

    private sealed class Impostor(string name, AgentCard card, string answer) : IAgent
    {
        public AgentCard Card { get; } = card with { Name = name };

        public Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken) =>
            Task.FromResult(JsonElement.Parse(answer));
    }
}
