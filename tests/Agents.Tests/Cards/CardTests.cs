using System.Text.Json;
using System.Text.RegularExpressions;
using Orkestron.Agents.Tests.Common;
using Orkestron.Contracts;

namespace Orkestron.Agents.Tests.Cards;

public sealed class CardTests(AgentsFixture agents)
{
    public static TheoryData<string> Names
    {
        get
        {
            using var fixture = new AgentsFixture();
            return [.. fixture.All.Select(a => a.Card.Name)];
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Card_Always_KeepsTheContract(string name)
    {
        var card = agents[name].Card;
        Assert.Equal("orkestron", card.Provider);
        Assert.Matches(new Regex("^[a-z0-9-]{2,60}$"), card.Name);
        Assert.InRange(card.Title.Length, 1, 80);
        Assert.InRange(card.Summary.Length, 1, 400);
        Assert.InRange(card.Skills.Count, 1, 20);
        Assert.Equal("DE", card.Country);
        Assert.Null(card.Recipient);
        Assert.True(card.Price.PerCall > Tokens.Zero);
        Assert.True(card.Examples.Count >= 2);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Schemas_Always_AreValidAndMakeAForm(string name)
    {
        var card = agents[name].Card;
        SchemaAssert.MustBeSchema(card.InputSchema, "input schema");
        SchemaAssert.MustBeSchema(card.OutputSchema, "output schema");
        foreach (var property in card.InputSchema.GetProperty("properties").EnumerateObject())
        {
            Assert.True(property.Value.TryGetProperty("title", out _), property.Name + " has no title");
            Assert.True(property.Value.TryGetProperty("description", out _), property.Name + " has no description");
            if (property.Value.TryGetProperty("type", out var type) && type.ValueEquals("string")
                && !property.Value.TryGetProperty("enum", out _))
            {
                Assert.True(property.Value.TryGetProperty("maxLength", out _), property.Name + " has no maxLength");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Examples_WhenRun_GiveTheSameValidAnswerTwice(string name)
    {
        var agent = agents[name];
        foreach (var example in agent.Card.Examples)
        {
            SchemaAssert.MustFit(agent.Card.InputSchema, example.Input, example.Title);
            Assert.True(JsonSerializer.SerializeToUtf8Bytes(example.Input).Length <= agent.Card.MaxInputBytes);
            var context = new FakeContext(agents.All);
            var first = await agents.RunAsync(name, example.Input, context);
            var second = await agents.RunAsync(name, example.Input);
            Assert.Equal(first.GetRawText(), second.GetRawText());
            Assert.Equal(100, context.Told.Last().Percent);
            Assert.NotEmpty(context.Written);
            Assert.All(context.Told, t => Assert.InRange(t.Percent ?? 0, 0, 100));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Run_OfAnEmptyObject_IsRefusedWithACode(string name)
    {
        var refusal = await agents.RefusesAsync(name, "{}");
        Assert.NotEqual("agent_refused", refusal.Code);
        Assert.NotEmpty(refusal.Message);
    }
}
