using Orkestron.Agents.Cards;
using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Documents;

internal static class DocumentCard
{
    public const string Name = "document-converter";
    public const int MaxCharacters = 100_000;
    public const int MaxConverted = 200_000;

    public static readonly AgentCard Card = new()
    {
        Provider = BuiltIn.Provider,
        Name = Name,
        Version = "1.1.0",
        Title = "Document converter",
        Summary = "Converts Markdown, HTML and plain text into each other, and JSON, JSON Lines, YAML and CSV. HTML is sanitised: "
            + "scripts, styles, forms and event handlers are removed. Errors name the line. Comments, layout and YAML tags are lost. "
            + "Up to 100,000 characters.",
        Skills = ["convert", "markdown", "html", "json", "yaml", "csv", "sanitise"],
        InputSchema = CardSchema.Of<DocumentInput>(),
        OutputSchema = CardSchema.Of<DocumentAnswer>(),
        Examples =
        [
            new AgentExample("Notes into a safe page", AgentJson.Parse("""
                {
                  "document": "# Release 2\n\nThe importer handles **two gigabytes**.\n\n- faster export\n- [manual](https://example.org/manual)\n\n| part | state |\n|---|---|\n| import | done |\n\n<script>alert(1)</script>",
                  "from": "markdown", "to": "html"
                }
                """)),
            new AgentExample("A table into YAML", AgentJson.Parse("""
                { "document": "city,zip,people\nErlangen,91052,116562\nDresden,01067,566222\n", "from": "csv", "to": "yaml" }
                """)),
            new AgentExample("Settings into JSON", AgentJson.Parse("""
                { "document": "server:\n  port: 5080\n  hosts: [a.example, b.example]\nquiet: yes\n", "from": "yaml", "to": "json" }
                """)),
        ],
        Price = new AgentPrice(new Tokens(5_000), new Tokens(500)),
        Country = BuiltIn.Country,
        MaxConcurrency = 8,
        Timeout = TimeSpan.FromMinutes(1),
        MaxInputBytes = 450_000,
    };
}
