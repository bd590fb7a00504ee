using Orkestron.Agents.Cards;
using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Keywords;

internal static class KeywordCard
{
    public const int MaxCharacters = 100_000;
    public const int MaxKeyphrases = 50;
    public const int MaxEntities = 500;

    public static readonly AgentCard Card = new()
    {
        Provider = BuiltIn.Provider,
        Name = "keyword-extractor",
        Version = "1.0.0",
        Title = "Keyword and entity extractor",
        Summary = "Finds keyphrases (RAKE) and e-mails, links, dates, amounts and capitalised names with their places, by "
            + "form and not by meaning. English and German, up to 100,000 characters, first 500 entities.",
        Skills = ["keywords", "entities", "text", "extract"],
        InputSchema = CardSchema.Of<KeywordInput>(),
        OutputSchema = CardSchema.Of<KeywordAnswer>(),
        Examples =
        [
            new AgentExample("A press release", AgentJson.Parse("""
                {
                  "text": "Nordwind Energie GmbH will build a battery storage park near Emden. The battery storage park costs €42 million and starts on 12 March 2027. Chief engineer Lena Hoffmann said grid operators asked for fast frequency response. Contact: presse@nordwind.example, https://nordwind.example/emden.",
                  "maxKeyphrases": 8
                }
                """)),
            new AgentExample("Keyphrases only", AgentJson.Parse("""
                {
                  "text": "Distributed tracing shows how a request travels through services. Tail-based sampling keeps the slow and the failed requests; head-based sampling decides before anything is known. Sampling decisions must be shared between services.",
                  "maxKeyphrases": 5,
                  "entities": false
                }
                """)),
        ],
        Price = new AgentPrice(new Tokens(10_000), new Tokens(1_000)),
        Country = BuiltIn.Country,
        MaxConcurrency = 16,
        Timeout = TimeSpan.FromMinutes(1),
        MaxInputBytes = 450_000,
    };
}
