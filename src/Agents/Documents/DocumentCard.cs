using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Documents;

internal static class DocumentCard
{
    public const int MaxCharacters = 100_000;
    public const int MaxConverted = 200_000;

    public static readonly AgentCard Card = new()
    {
        Provider = BuiltIn.Provider,
        Name = "document-converter",
        Version = "1.1.0",
        Title = "Document converter",
        Summary = "Converts Markdown, HTML and plain text into each other, and JSON, JSON Lines, YAML and CSV. HTML is sanitised: "
            + "scripts, styles, forms and event handlers go. Faults are told by line. Lost: comments, layout, YAML tags. "
            + "Up to 100,000 characters.",
        Skills = ["convert", "markdown", "html", "json", "yaml", "csv", "sanitise"],
        InputSchema = AgentJson.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Document to convert",
              "type": "object",
              "properties": {
                "document": { "title": "Document", "description": "The document itself.", "type": "string",
                  "minLength": 1, "maxLength": 100000, "x-multiline": true },
                "from": { "title": "From", "description": "What it is written in.", "type": "string",
                  "enum": ["markdown", "html", "text", "json", "json-lines", "yaml", "csv"] },
                "to": { "title": "To", "description": "What it shall be written in; text and data do not mix.",
                  "type": "string", "enum": ["markdown", "html", "text", "json", "json-lines", "yaml", "csv"] },
                "detectTypes": { "title": "Detect types",
                  "description": "From CSV: write numbers, true and false as such, empty cells as null.",
                  "type": "boolean", "default": true }
              },
              "required": ["document", "from", "to"],
              "additionalProperties": false
            }
            """),
        OutputSchema = AgentJson.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Converted document",
              "type": "object",
              "properties": {
                "document": { "title": "Document", "type": "string", "maxLength": 200000, "x-multiline": true },
                "characters": { "title": "Characters", "description": "In UTF-16 code units.", "type": "integer",
                  "minimum": 0, "maximum": 200000 },
                "warnings": { "title": "Warnings", "description": "What was lost or needs care.", "type": "array",
                  "maxItems": 20, "items": { "type": "string", "maxLength": 1000 } }
              },
              "required": ["document", "characters", "warnings"],
              "additionalProperties": false
            }
            """),
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
        Country = "DE",
        MaxConcurrency = 8,
        Timeout = TimeSpan.FromMinutes(1),
        MaxInputBytes = 450_000,
    };
}
