using Orkestron.Agents.Cards;
using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Search;

internal static class SearchCard
{
    public const int MaxDocuments = 20;
    public const int MaxCharacters = 50_000;
    public const int MaxQuestion = 1_000;
    public const int MaxTitle = 200;
    public const int MaxPassagesGiven = 20;
    public const int MaxPassages = 400;

    public static readonly AgentCard Card = new()
    {
        Provider = BuiltIn.Provider,
        Name = "semantic-search",
        Version = "1.0.0",
        Title = "Semantic search",
        Summary = "Ranks passages of your documents by nearness in meaning to a question and quotes the sentence that "
            + "answers best; it does not reason or add anything. Up to 20 documents, first 400 passages; best in English.",
        Skills = ["search", "question-answering", "embeddings", "documents"],
        InputSchema = CardSchema.Of<SearchInput>(),
        OutputSchema = CardSchema.Of<SearchAnswer>(),
        Examples =
        [
            new AgentExample("House rules", AgentJson.Parse("""
                {
                  "question": "When do I have to be quiet?",
                  "documents": [
                    { "title": "House rules", "text": "Bicycles belong in the cellar. From ten in the evening until six in the morning no noise is allowed. Waste is collected on Thursdays. The laundry room is booked with the caretaker." },
                    { "title": "Heating notice", "text": "The heating is serviced in September. Please let the technician into your flat. Radiators may be cold for a day." }
                  ],
                  "passages": 3
                }
                """)),
            new AgentExample("Two product sheets", AgentJson.Parse("""
                {
                  "question": "Which pump survives salt water?",
                  "documents": [
                    { "title": "Pump A10", "text": "The A10 moves 40 litres a minute. Its housing is cast iron and must not touch sea water." },
                    { "title": "Pump B20", "text": "The B20 moves 35 litres a minute. Its bronze parts resist corrosion in sea water. It weighs nine kilograms." }
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
