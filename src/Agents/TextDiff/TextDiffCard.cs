using Orkestron.Agents.Cards;
using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.TextDiff;

internal static class TextDiffCard
{
    public const int MaxCharacters = 200_000;
    public const int MaxLines = 20_000;
    public const int MaxContext = 100;
    public const int MaxDiff = 500_000;

    public static readonly AgentCard Card = new()
    {
        Provider = BuiltIn.Provider,
        Name = "text-diff",
        Version = "1.0.0",
        Title = "Text diff",
        Summary = "Compares two versions of a text line by line and returns a unified diff with counts. It can ignore spaces and "
            + "case, and takes Windows and Unix line ends for the same. Up to 200,000 characters and 20,000 lines each; the diff of "
            + "very different texts may not be the shortest.",
        Skills = ["diff", "revisions", "changes", "patch"],
        InputSchema = CardSchema.Of<TextDiffInput>(),
        OutputSchema = CardSchema.Of<TextDiffAnswer>("""{ "properties": { "diff": { "contentMediaType": "text/x-diff" } } }"""),
        Examples =
        [
            new AgentExample("Two versions of a clause", AgentJson.Parse("""
                {
                  "before": "The tenant pays the rent on the first of each month.\nPets are not allowed.\nThe notice period is three months.\n",
                  "after": "The tenant pays the rent on the third of each month.\nPets are not allowed.\nSmall animals are no pets.\nThe notice period is three months.\n"
                }
                """)),
            new AgentExample("Settings, whatever their spaces", AgentJson.Parse("""
                {
                  "before": "port = 5080\nhost = a.example\nquiet = yes",
                  "after": "port=5080\nhost=b.example\nquiet=yes",
                  "context": 1,
                  "whiteSpace": "ignore-all"
                }
                """)),
        ],
        Price = new AgentPrice(new Tokens(5_000), new Tokens(500)),
        Country = BuiltIn.Country,
        MaxConcurrency = 8,
        Timeout = TimeSpan.FromMinutes(1),
        MaxInputBytes = 1_500_000,
    };
}
