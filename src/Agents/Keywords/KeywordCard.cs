using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Keywords;

internal static class KeywordCard
{
    public const int MaxCharacters = 100_000;
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
        InputSchema = AgentJson.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Text to read",
              "type": "object",
              "properties": {
                "text": {
                  "title": "Text", "description": "English or German text.", "type": "string",
                  "minLength": 1, "maxLength": 100000, "x-multiline": true
                },
                "maxKeyphrases": {
                  "title": "Keyphrases", "description": "How many keyphrases to give at most.",
                  "type": "integer", "minimum": 1, "maximum": 50, "default": 15
                },
                "entities": {
                  "title": "Find entities", "description": "Also list e-mails, links, dates, amounts and names.",
                  "type": "boolean", "default": true
                }
              },
              "required": ["text"],
              "additionalProperties": false
            }
            """),
        OutputSchema = AgentJson.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Keyphrases and entities",
              "type": "object",
              "properties": {
                "keyphrases": {
                  "title": "Keyphrases", "description": "Best first.", "type": "array", "maxItems": 50,
                  "items": {
                    "type": "object",
                    "properties": {
                      "text": { "title": "Phrase", "type": "string", "maxLength": 200 },
                      "score": { "title": "Score", "description": "Relative to the best phrase.",
                        "type": "number", "minimum": 0, "maximum": 1 },
                      "count": { "title": "Count", "type": "integer", "minimum": 1 }
                    },
                    "required": ["text", "score", "count"],
                    "additionalProperties": false
                  }
                },
                "entities": {
                  "title": "Entities", "description": "In the text's order.", "type": "array", "maxItems": 500,
                  "items": {
                    "type": "object",
                    "properties": {
                      "kind": { "title": "Kind", "enum": ["email", "url", "date", "amount", "name"] },
                      "text": { "title": "Text", "type": "string", "maxLength": 500 },
                      "offset": { "title": "Offset", "description": "In UTF-16 code units.",
                        "type": "integer", "minimum": 0 },
                      "length": { "title": "Length", "description": "In UTF-16 code units.",
                        "type": "integer", "minimum": 1, "maximum": 500 }
                    },
                    "required": ["kind", "text", "offset", "length"],
                    "additionalProperties": false
                  }
                },
                "truncated": { "title": "Truncated", "description": "There are more entities than are listed.",
                  "type": "boolean" }
              },
              "required": ["keyphrases", "entities", "truncated"],
              "additionalProperties": false
            }
            """),
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
        Country = "DE",
        MaxConcurrency = 16,
        Timeout = TimeSpan.FromMinutes(1),
        MaxInputBytes = 450_000,
    };
}
