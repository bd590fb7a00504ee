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
        Version = "1.1.0",
        Title = "Claims in sources",
        Summary = "Looks each claim up in your sources. Supported: a source states it nearly word for word, or gives a number that "
            + "implies it. Contradicted: the same statement stands there with another number, or denied. Of all else it says "
            + "that it cannot tell, and shows the nearest passages and what differs. It does not reason or know the world. English.",
        Skills = ["claims", "sources", "lookup", "quotes", "embeddings"],
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
                  "description": "How near in meaning a passage must be to be shown as one to read. It never makes a claim supported.",
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
                      "verdict": { "title": "Verdict",
                        "description": "supported: a source states it nearly word for word. contradicted: it states the same with another number, or denies it. cannot-tell: read the passages. unsupported: nothing is near, which does not mean false.",
                        "type": "string", "enum": ["supported", "unsupported", "contradicted", "cannot-tell"] },
                      "score": { "title": "Score", "description": "Similarity in meaning of claim and passage. It decides nothing.",
                        "type": "number", "minimum": -1, "maximum": 1 },
                      "reason": { "title": "Reason", "type": "string", "maxLength": 500 },
                      "passage": {
                        "title": "Passage", "description": "The passage that decides, or the nearest.",
                        "type": "object",
                        "properties": {
                          "text": { "title": "Text", "type": "string", "maxLength": 1000, "x-multiline": true },
                          "source": { "title": "Source", "description": "0 for the first.", "type": "integer", "minimum": 0 },
                          "title": { "title": "Title", "type": "string", "maxLength": 200 },
                          "offset": { "title": "Offset", "description": "In UTF-16 code units.", "type": "integer", "minimum": 0 }
                        },
                        "required": ["text", "source", "title", "offset"],
                        "additionalProperties": false
                      },
                      "differs": { "title": "What differs", "type": "array", "maxItems": 6, "items": { "type": "string", "maxLength": 300 } },
                      "nearest": {
                        "title": "Passages to read", "description": "Nearest in meaning first.", "type": "array", "maxItems": 3,
                        "items": {
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
                      }
                    },
                    "required": ["claim", "verdict", "score", "reason", "passage", "differs", "nearest"],
                    "additionalProperties": false
                  }
                },
                "supported": { "title": "Supported claims", "type": "integer", "minimum": 0 },
                "contradicted": { "title": "Contradicted claims", "type": "integer", "minimum": 0 },
                "cannotTell": { "title": "Claims to read up", "type": "integer", "minimum": 0 },
                "unsupported": { "title": "Claims with nothing near", "type": "integer", "minimum": 0 },
                "sentencesRead": { "title": "Passages read", "type": "integer", "minimum": 1, "maximum": 600 },
                "truncated": { "title": "Truncated", "description": "There were more passages than were read.", "type": "boolean" }
              },
              "required": ["claims", "supported", "contradicted", "cannotTell", "unsupported", "sentencesRead", "truncated"],
              "additionalProperties": false
            }
            """),
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
        Country = "DE",
        MaxConcurrency = 8,
        MaxInputBytes = 1_500_000,
    };
}
