using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Search;

internal static class SearchCard
{
    public const int MaxDocuments = 20;
    public const int MaxCharacters = 50_000;
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
        InputSchema = AgentJson.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Question and documents",
              "type": "object",
              "properties": {
                "question": {
                  "title": "Question", "description": "What you want to know.", "type": "string",
                  "minLength": 1, "maxLength": 1000
                },
                "documents": {
                  "title": "Documents", "description": "Where to look.", "type": "array", "minItems": 1, "maxItems": 20,
                  "items": {
                    "title": "Document",
                    "type": "object",
                    "properties": {
                      "title": { "title": "Title", "description": "Shown with what is found.", "type": "string",
                        "maxLength": 200 },
                      "text": { "title": "Text", "description": "The document's text.", "type": "string",
                        "minLength": 1, "maxLength": 50000, "x-multiline": true }
                    },
                    "required": ["title", "text"],
                    "additionalProperties": false
                  }
                },
                "passages": {
                  "title": "Passages", "description": "How many passages to give at most.", "type": "integer",
                  "minimum": 1, "maximum": 20, "default": 5
                }
              },
              "required": ["question", "documents"],
              "additionalProperties": false
            }
            """),
        OutputSchema = AgentJson.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Search result",
              "type": "object",
              "$defs": {
                "found": {
                  "type": "object",
                  "properties": {
                    "text": { "title": "Text", "type": "string", "maxLength": 50000, "x-multiline": true },
                    "document": { "title": "Document", "description": "0 for the first.", "type": "integer",
                      "minimum": 0, "maximum": 19 },
                    "title": { "title": "Title", "type": "string", "maxLength": 200 },
                    "offset": { "title": "Offset", "description": "In UTF-16 code units.", "type": "integer",
                      "minimum": 0 },
                    "score": { "title": "Score", "description": "Similarity to the question.", "type": "number",
                      "minimum": -1, "maximum": 1 }
                  },
                  "required": ["text", "document", "title", "offset", "score"],
                  "additionalProperties": false
                }
              },
              "properties": {
                "answer": { "title": "Best answer", "description": "Absent when nothing is near enough.",
                  "$ref": "#/$defs/found" },
                "passages": { "title": "Passages", "description": "Nearest first.", "type": "array", "maxItems": 20,
                  "items": { "$ref": "#/$defs/found" } },
                "passagesSearched": { "title": "Passages searched", "type": "integer", "minimum": 1, "maximum": 400 },
                "truncated": { "title": "Truncated", "description": "There were more passages than were searched.",
                  "type": "boolean" }
              },
              "required": ["passages", "passagesSearched", "truncated"],
              "additionalProperties": false
            }
            """),
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
        Country = "DE",
        MaxConcurrency = 8,
        MaxInputBytes = 1_500_000,
    };
}
