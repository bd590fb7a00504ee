using Orkestron.Agents.Cards;
using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Classification;

internal static class ClassifierCard
{
    public const int MaxTexts = 200;
    public const int MaxLabels = 20;
    public const int MaxCharacters = 5_000;
    public const int MaxName = 100;
    public const int MaxDescription = 500;
    public const int MaxExamples = 10;
    public const int MaxExample = 1_000;

    public static readonly AgentCard Card = new()
    {
        Provider = BuiltIn.Provider,
        Name = "text-classifier",
        Version = "1.0.0",
        Title = "Text classifier",
        Summary = "Sorts up to 200 texts under your own labels by nearness in meaning, without training. Reads about the "
            + "first 1,000 characters of each; best on English topics, weak on irony, negation and mood. Scores are "
            + "similarities, not probabilities.",
        Skills = ["classify", "labels", "zero-shot", "embeddings", "triage"],
        InputSchema = CardSchema.Of<ClassifierInput>(),
        OutputSchema = CardSchema.Of<ClassifierAnswer>(),
        Examples =
        [
            new AgentExample("Sort support mail", AgentJson.Parse("""
                {
                  "texts": ["I was charged twice for my March invoice.", "The app closes as soon as I open a photo.",
                    "Could you add a dark colour scheme?"],
                  "labels": [
                    { "name": "Billing", "description": "invoices, payments, refunds and prices" },
                    { "name": "Fault", "description": "something crashes or does not work" },
                    { "name": "Wish", "description": "a request for a new feature", "examples": ["Please support exporting to PDF."] }
                  ]
                }
                """)),
            new AgentExample("News by section", AgentJson.Parse("""
                {
                  "texts": ["The striker scored twice in the final minutes.", "The central bank raised its key rate by a quarter point.",
                    "Astronomers saw water vapour around a distant planet."],
                  "labels": [
                    { "name": "sport", "description": "matches, teams and players" },
                    { "name": "economy", "description": "banks, interest rates, trade and prices" },
                    { "name": "science", "description": "research, space and discoveries" }
                  ]
                }
                """)),
        ],
        Price = new AgentPrice(new Tokens(20_000), new Tokens(2_000)),
        Country = BuiltIn.Country,
        MaxConcurrency = 8,
        MaxInputBytes = 1_500_000,
    };
}
