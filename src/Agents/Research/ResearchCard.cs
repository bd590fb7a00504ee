using Orkestron.Agents.Cards;
using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Research;

internal static class ResearchCard
{
    public const int MaxDocuments = 8;
    public const int MaxCharacters = 10_000;

    public static readonly AgentCard Card = new()
    {
        Provider = BuiltIn.Provider,
        Name = "research-brief",
        Version = "1.1.0",
        Title = "Research brief",
        Summary = "Has the search, summary and keyword agents read up to 8 documents of 10,000 characters at the same time "
            + "and merges what they quote into one Markdown brief. It quotes your documents only: no web, no reasoning. "
            + "Each agent's price is added; parts that fail are named.",
        Kind = AgentKind.Orchestrator,
        Skills = ["research", "orchestration", "brief", "summarise", "search", "keywords"],
        InputSchema = CardSchema.Of<ResearchInput>(),
        OutputSchema = CardSchema.Of<ResearchAnswer>("""{ "properties": { "brief": { "contentMediaType": "text/markdown" } } }"""),
        Examples =
        [
            new AgentExample("Two pumps", AgentJson.Parse("""
                {
                  "question": "Which pump survives salt water?",
                  "documents": [
                    { "title": "Pump A10", "text": "The A10 moves 40 litres a minute. Its housing is cast iron and must not touch sea water. It is the cheapest pump of the range. Spare parts are in stock for ten years." },
                    { "title": "Pump B20", "text": "The B20 moves 35 litres a minute. Its bronze parts resist corrosion in sea water. It weighs nine kilograms. Two people should mount it." }
                  ],
                  "sentencesPerDocument": 2
                }
                """)),
            new AgentExample("House papers", AgentJson.Parse("""
                {
                  "question": "When do I have to be quiet?",
                  "documents": [
                    { "title": "House rules", "text": "Bicycles belong in the cellar. From ten in the evening until six in the morning no noise is allowed. Waste is collected on Thursdays." },
                    { "title": "Heating notice", "text": "The heating is serviced in September. Please let the technician into your flat. Radiators may be cold for a day." }
                  ]
                }
                """)),
        ],
        // A search, a summary of each of eight documents and the key terms; the budget covers the dearest input, eight full
        // documents in a script that takes six bytes a character as JSON.
        Price = new AgentPrice(new Tokens(20_000), new Tokens(1_000), new Tokens(3_500_000))
        {
            UsualCalls = new Tokens(260_000),
            UsualCallsPerThousandCharacters = new Tokens(6_000),
        },
        Country = BuiltIn.Country,
        MaxConcurrency = 8,
        Timeout = TimeSpan.FromMinutes(4),
        MaxInputBytes = 600_000,
    };
}
