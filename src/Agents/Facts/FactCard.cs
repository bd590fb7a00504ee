using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Facts;

internal static class FactCard
{
    public const int MaxClaims = 50;
    public const int MaxSources = 20;
    public const int MaxCharacters = 50_000;
    public const int MaxPassages = 600;

    /// <summary>What the model reads of a passage, in characters.</summary>
    public const int MaxPassage = 1_000;

    public static readonly AgentCard Card = new()
    {
        Provider = BuiltIn.Provider,
        Name = "fact-checker",
        Version = "1.0.0",
        Title = "Fact checker",
        Summary = "Tells for each claim whether a passage of your sources says nearly the same, and shows it; numbers and "
            + "negations must agree. Does not know the world, judge the sources or reason over several passages: swapped "
            + "names can pass. First 600 passages; English.",
        Skills = ["fact-check", "sources", "claims", "embeddings", "verification"],
        InputSchema = AgentJson.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Claims and sources",
              "type": "object",
              "properties": {
                "claims": { "title": "Claims", "description": "One statement each.", "type": "array",
                  "minItems": 1, "maxItems": 50,
                  "items": { "title": "Claim", "type": "string", "minLength": 1, "maxLength": 1000 } },
                "sources": {
                  "title": "Sources", "description": "What the claims are held against.", "type": "array",
                  "minItems": 1, "maxItems": 20,
                  "items": {
                    "title": "Source",
                    "type": "object",
                    "properties": {
                      "title": { "title": "Title", "description": "Shown with what is found.", "type": "string", "maxLength": 200 },
                      "text": { "title": "Text", "description": "The source's text.", "type": "string",
                        "minLength": 1, "maxLength": 50000, "x-multiline": true }
                    },
                    "required": ["text"],
                    "additionalProperties": false
                  }
                },
                "minimumScore": { "title": "Minimum score",
                  "description": "How near a passage must be to support a claim; higher is stricter.",
                  "type": "number", "minimum": 0, "maximum": 1, "default": 0.6 }
              },
              "required": ["claims", "sources"],
              "additionalProperties": false
            }
            """),
        OutputSchema = AgentJson.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Verdicts",
              "type": "object",
              "properties": {
                "claims": {
                  "title": "Claims", "type": "array", "maxItems": 50,
                  "items": {
                    "type": "object",
                    "properties": {
                      "claim": { "title": "Claim", "type": "string", "maxLength": 1000 },
                      "verdict": { "title": "Verdict", "description": "Unsupported does not mean false.",
                        "type": "string", "enum": ["supported", "unsupported"] },
                      "score": { "title": "Score", "description": "Similarity of claim and passage.",
                        "type": "number", "minimum": -1, "maximum": 1 },
                      "reason": { "title": "Reason", "type": "string", "maxLength": 200 },
                      "passage": {
                        "title": "Passage", "description": "The supporting passage, or the nearest.",
                        "type": "object",
                        "properties": {
                          "text": { "title": "Text", "type": "string", "maxLength": 1000, "x-multiline": true },
                          "source": { "title": "Source", "description": "0 for the first.", "type": "integer", "minimum": 0 },
                          "title": { "title": "Title", "type": "string", "maxLength": 200 },
                          "offset": { "title": "Offset", "description": "In UTF-16 code units.", "type": "integer", "minimum": 0 }
                        },
                        "required": ["text", "source", "title", "offset"],
                        "additionalProperties": false
                      }
                    },
                    "required": ["claim", "verdict", "score", "reason", "passage"],
                    "additionalProperties": false
                  }
                },
                "supported": { "title": "Supported claims", "type": "integer", "minimum": 0 },
                "sentencesRead": { "title": "Passages read", "type": "integer", "minimum": 1, "maximum": 600 },
                "truncated": { "title": "Truncated", "description": "There were more passages than were read.", "type": "boolean" }
              },
              "required": ["claims", "supported", "sentencesRead", "truncated"],
              "additionalProperties": false
            }
            """),
        Examples =
        [
            new AgentExample("A press text against the minutes", AgentJson.Parse("""
                {
                  "claims": ["The heat plan costs 12 million euros.", "The heat plan costs 20 million euros.",
                    "The airport will get a third runway."],
                  "sources": [{ "title": "Minutes", "text": "The city council approved a heat plan on Monday. The heat plan costs 12 million euros, most of it paid by the federal climate fund. A first report is due next spring." }]
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
        Country = "DE",
        MaxConcurrency = 8,
        MaxInputBytes = 1_500_000,
    };
}
