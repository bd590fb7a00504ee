using Orkestron.Agents.Cards;
using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Facts;

internal static class FactCard
{
    public const int MaxClaims = 50;
    public const int MaxClaim = 1_000;
    public const int MaxSources = 20;
    public const int MaxCharacters = 50_000;
    public const int MaxTitle = 200;
    public const int MaxPassages = 600;

    /// <summary>What the model reads of a passage, in characters.</summary>
    public const int MaxPassage = 1_000;

    public static readonly AgentCard Card = new()
    {
        Provider = BuiltIn.Provider,
        Name = "fact-checker",
        Version = "1.1.0",
        Title = "Claims in sources",
        Summary = "Looks each claim up in your sources. Supported: a source states it nearly word for word, or gives a number that "
            + "implies it. Contradicted: a source makes the same statement with another number, or denies it. For anything else it "
            + "cannot tell, and shows the nearest passages and what differs. It does not reason or know the world. English.",
        Skills = ["claims", "sources", "lookup", "quotes", "embeddings"],
        InputSchema = CardSchema.Of<FactInput>(),
        OutputSchema = CardSchema.Of<FactAnswer>(),
        Examples =
        [
            new AgentExample("A press text against the minutes", AgentJson.Parse("""
                {
                  "claims": ["The heat plan costs 12 million euros.", "The heat plan costs 20 million euros.",
                    "The airport will get a third runway."],
                  "sources": [{ "title": "Minutes", "text": "The city council approved a heat plan on Monday. The heat plan costs 12 million euros. Most of it is paid by the federal climate fund. A first report is due next spring." }]
                }
                """)),
            new AgentExample("Product claims", AgentJson.Parse("""
                {
                  "claims": ["The B20 pump resists corrosion in sea water.", "The A10 pump does not move 40 litres a minute."],
                  "sources": [
                    { "title": "Pump A10", "text": "The A10 pump moves 40 litres a minute. Its housing is cast iron." },
                    { "title": "Pump B20", "text": "The B20 pump moves 35 litres a minute. The bronze parts of the B20 pump resist corrosion in sea water." }
                  ]
                }
                """)),
        ],
        Price = new AgentPrice(new Tokens(30_000), new Tokens(2_000)),
        Country = BuiltIn.Country,
        MaxConcurrency = 8,
        MaxInputBytes = 1_500_000,
    };
}
