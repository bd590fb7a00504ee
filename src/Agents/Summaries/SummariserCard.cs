using Orkestron.Agents.Cards;
using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Summaries;

internal static class SummariserCard
{
    public const int MaxCharacters = 100_000;
    public const int MaxSentences = 20;
    public const int MaxSentencesRead = 400;

    public static readonly AgentCard Card = new()
    {
        Provider = BuiltIn.Provider,
        Name = "summariser",
        Version = "1.0.0",
        Title = "Text summariser",
        Summary = "Picks the sentences that say most of a text and repeat each other least, word for word (it never "
            + "rewrites). Reads the first 400 sentences of up to 100,000 characters; best on English prose.",
        Skills = ["summarise", "text", "extractive", "embeddings"],
        InputSchema = CardSchema.Of<SummariserInput>(),
        OutputSchema = CardSchema.Of<SummariserAnswer>(),
        Examples =
        [
            new AgentExample("A city's heat plan", AgentJson.Parse("""
                {
                  "text": "The city council approved a heat plan on Monday. It will plant 4,000 trees along the widest streets over three years. Council members argued until late in the evening. Drinking fountains will be installed at every tram stop by June. The plan costs 12 million euros, most of it paid by the federal climate fund. Doctors had warned that heat deaths doubled in the last decade. Shops may apply for grants to shade their fronts. The opposition called the plan too slow. A first report is due next spring.",
                  "sentences": 3
                }
                """)),
            new AgentExample("Minutes, leaning to a question", AgentJson.Parse("""
                {
                  "text": "The team met on Tuesday to review the release. Anna reported that the importer now handles files of two gigabytes. Two customers still see time-outs when they export reports. Marek will add an index to the report table before Friday. The new logo was liked by everybody. Support wants a page that explains the export limits. The next release is planned for 14 May.",
                  "sentences": 2,
                  "focus": "What is being done about slow exports?"
                }
                """)),
        ],
        Price = new AgentPrice(new Tokens(20_000), new Tokens(2_000)),
        Country = BuiltIn.Country,
        MaxConcurrency = 8,
        MaxInputBytes = 450_000,
    };
}
