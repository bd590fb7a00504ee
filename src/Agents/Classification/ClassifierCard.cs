using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Classification;

internal static class ClassifierCard
{
    public const int MaxTexts = 200;
    public const int MaxLabels = 20;
    public const int MaxCharacters = 5_000;

    public static readonly AgentCard Card = new()
    {
        Provider = BuiltIn.Provider,
        Name = "text-classifier",
        Version = "1.0.0",
        Title = "Text classifier",
        Summary = "Sorts up to 200 texts under your own labels by nearness in meaning, without training. Reads about the "
            + "first 1,000 characters of each; best on English topics, weak on irony, negation and mood. Scores are "
            + "similarities, not probabilities.",
        Skills = ["classify", "labels", "zero-shot", "embeddings", "triage"],
        InputSchema = AgentJson.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Texts and labels",
              "type": "object",
              "properties": {
                "texts": {
                  "title": "Texts", "description": "What to sort.", "type": "array", "minItems": 1, "maxItems": 200,
                  "items": { "title": "Text", "type": "string", "minLength": 1, "maxLength": 5000, "x-multiline": true }
                },
                "labels": {
                  "title": "Labels", "description": "The classes to choose from.", "type": "array", "minItems": 2, "maxItems": 20,
                  "items": {
                    "title": "Label",
                    "type": "object",
                    "properties": {
                      "name": { "title": "Name", "description": "What the class is called.", "type": "string",
                        "minLength": 1, "maxLength": 100 },
                      "description": { "title": "Description", "description": "What belongs in it; helps much.",
                        "type": "string", "maxLength": 500 },
                      "examples": { "title": "Examples", "description": "Texts that belong in it.", "type": "array",
                        "maxItems": 10, "items": { "type": "string", "minLength": 1, "maxLength": 1000 } }
                    },
                    "required": ["name"],
                    "additionalProperties": false
                  }
                },
                "minimumScore": { "title": "Minimum score",
                  "description": "A text that is less near to every label gets none.",
                  "type": "number", "minimum": -1, "maximum": 1, "default": 0.15 }
              },
              "required": ["texts", "labels"],
              "additionalProperties": false
            }
            """),
        OutputSchema = AgentJson.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Labelled texts",
              "type": "object",
              "properties": {
                "texts": {
                  "title": "Texts", "description": "In the order of the input.", "type": "array", "maxItems": 200,
                  "items": {
                    "type": "object",
                    "properties": {
                      "index": { "title": "Text", "description": "0 for the first.", "type": "integer", "minimum": 0 },
                      "label": { "title": "Label", "description": "Absent when none is near enough.", "type": "string" },
                      "margin": { "title": "Margin", "description": "Lead over the next label; below 0.05 the choice is weak.",
                        "type": "number", "minimum": 0, "maximum": 2 },
                      "scores": {
                        "title": "Scores", "description": "Similarity to each label, nearest first.", "type": "array", "maxItems": 20,
                        "items": {
                          "type": "object",
                          "properties": {
                            "label": { "title": "Label", "type": "string" },
                            "score": { "title": "Score", "type": "number", "minimum": -1, "maximum": 1 }
                          },
                          "required": ["label", "score"],
                          "additionalProperties": false
                        }
                      }
                    },
                    "required": ["index", "margin", "scores"],
                    "additionalProperties": false
                  }
                },
                "counts": { "title": "Counts", "description": "Texts of each label.", "type": "object",
                  "additionalProperties": { "type": "integer", "minimum": 0 } }
              },
              "required": ["texts", "counts"],
              "additionalProperties": false
            }
            """),
        Examples =
        [
            new AgentExample("Sort support mail", AgentJson.Parse("""
                {
                  "texts": ["I was charged twice for my March invoice.", "The app closes as soon as I open a photo.",
                    "Could you add a dark colour scheme?"],
                  "labels": [
                    { "name": "Billing", "description": "invoices, payments, refunds and prices" },
                    { "name": "Fault", "description": "something crashes or does not work" },
                    { "name": "Wish", "description": "a request for a new feature", "examples": ["Please support exporting to PDF."] }
                  ]
                }
                """)),
            new AgentExample("News by section", AgentJson.Parse("""
                {
                  "texts": ["The striker scored twice in the final minutes.", "The central bank raised its key rate by a quarter point.",
                    "Astronomers saw water vapour around a distant planet."],
                  "labels": [
                    { "name": "sport", "description": "matches, teams and players" },
                    { "name": "economy", "description": "banks, interest rates, trade and prices" },
                    { "name": "science", "description": "research, space and discoveries" }
                  ]
                }
                """)),
        ],
        Price = new AgentPrice(new Tokens(20_000), new Tokens(2_000)),
        Country = "DE",
        MaxConcurrency = 8,
        MaxInputBytes = 1_500_000,
    };
}
