using System.Text.Json;
using Orkestron.Agents.Tests.Common;

namespace Orkestron.Agents.Tests.Classification;

public sealed class ClassifierAgentTests(AgentsFixture agents)
{
    [Fact]
    public async Task Texts_OfTheExamples_GetTheirLabels()
    {
        Assert.Equal(["Billing", "Fault", "Wish"], await LabelsAsync(agents["text-classifier"].Card.Examples[0].Input));
        Assert.Equal(["sport", "economy", "science"], await LabelsAsync(agents["text-classifier"].Card.Examples[1].Input));
    }

    [Fact]
    public async Task Text_NearNoLabel_GetsNone()
    {
        var answer = await agents.RunAsync("text-classifier", new
        {
            texts = new[] { "qwrt zzz 0x1f" },
            labels = new[] { new { name = "cooking" }, new { name = "law" } },
            minimumScore = 0.5,
        });
        Assert.False(answer.GetProperty("texts")[0].TryGetProperty("label", out _));
        Assert.Equal(0, answer.GetProperty("counts").GetProperty("law").GetInt32());
    }

    [Fact]
    public async Task Label_WithAnExample_TakesWhatIsLikeIt()
    {
        var answer = await agents.RunAsync("text-classifier", new
        {
            texts = new[] { "My parcel has not arrived." },
            labels = new object[]
            {
                new { name = "Q7", examples = new[] { "Where is my package?" } },
                new { name = "Q8", examples = new[] { "Please change my password." } },
            },
        });
        Assert.Equal("Q7", answer.GetProperty("texts")[0].GetProperty("label").GetString());
        Assert.Equal(1, answer.GetProperty("counts").GetProperty("Q7").GetInt32());
    }

    [Theory]
    [InlineData("""{"texts":["a"],"labels":[{"name":"x"}]}""", "invalid_input")]
    [InlineData("""{"texts":["a"],"labels":[{"name":"x"},{"name":"X"}]}""", "invalid_input")]
    [InlineData("""{"texts":["a"],"labels":[{"name":"x"},null]}""", "empty_input")]
    [InlineData("""{"texts":[" "],"labels":[{"name":"x"},{"name":"y"}]}""", "empty_input")]
    [InlineData("""{"texts":[null],"labels":[{"name":"x"},{"name":"y"}]}""", "empty_input")]
    [InlineData("""{"texts":[1],"labels":[{"name":"x"},{"name":"y"}]}""", "invalid_input")]
    [InlineData("""{"texts":["a"],"labels":[{"name":"x"},{"name":"y"}],"minimumScore":7}""", "invalid_input")]
    public async Task Input_OfAnotherShape_IsRefused(string input, string code)
    {
        var refusal = await agents.RefusesAsync("text-classifier", input);
        Assert.Equal(code, refusal.Code);
    }

    private async Task<string[]> LabelsAsync(JsonElement input)
    {
        var answer = await agents.RunAsync("text-classifier", input);
        return [.. answer.GetProperty("texts").EnumerateArray().Select(t => t.GetProperty("label").GetString()!)];
    }
}
