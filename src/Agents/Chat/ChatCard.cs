using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Chat;

internal static class ChatCard
{
    public const int MaxPrompt = 50_000;
    public const int MaxInstructions = 10_000;
    public const int MaxTurns = 50;
    public const int MaxOutputTokens = 8_192;
    public const int MaxAnswer = 100_000;

    public static AgentCard Of(ModelsOptions options) => new()
    {
        Provider = BuiltIn.Provider,
        Name = "chat",
        Version = "1.0.0",
        Title = "Chat",
        Summary = "Answers through the language model that the operator configured; your text leaves the platform for that "
            + "endpoint. It can be wrong, may answer otherwise when asked again, and sees nothing but what you send. "
            + "Up to 8,192 tokens an answer.",
        Skills = ["chat", "language-model", "write", "rewrite", "translate"],
        InputSchema = AgentJson.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Conversation",
              "type": "object",
              "properties": {
                "prompt": { "title": "Prompt", "description": "What you ask.", "type": "string", "minLength": 1,
                  "maxLength": 50000, "x-multiline": true },
                "instructions": { "title": "Instructions", "description": "How the model shall behave; optional.",
                  "type": "string", "maxLength": 10000, "x-multiline": true },
                "history": {
                  "title": "History", "description": "Earlier turns, oldest first.", "type": "array", "maxItems": 50,
                  "items": {
                    "title": "Turn", "type": "object",
                    "properties": {
                      "role": { "title": "Role", "type": "string", "enum": ["user", "assistant"] },
                      "text": { "title": "Text", "type": "string", "minLength": 1, "maxLength": 50000, "x-multiline": true }
                    },
                    "required": ["role", "text"],
                    "additionalProperties": false
                  }
                },
                "maxOutputTokens": { "title": "Longest answer", "description": "In tokens of the model.",
                  "type": "integer", "minimum": 1, "maximum": 8192, "default": 1024 },
                "temperature": { "title": "Temperature", "description": "0 for the most likely words.",
                  "type": "number", "minimum": 0, "maximum": 2 }
              },
              "required": ["prompt"],
              "additionalProperties": false
            }
            """),
        OutputSchema = AgentJson.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Answer",
              "type": "object",
              "properties": {
                "text": { "title": "Text", "type": "string", "maxLength": 100000, "x-multiline": true },
                "model": { "title": "Model", "type": "string", "maxLength": 100 },
                "finishReason": { "title": "Ended because", "description": "stop, length, or the endpoint's word.",
                  "type": "string", "maxLength": 100 },
                "usage": {
                  "title": "Usage", "description": "As the endpoint counted; absent when it does not.", "type": "object",
                  "properties": {
                    "inputTokens": { "title": "Tokens read", "type": "integer", "minimum": 0 },
                    "outputTokens": { "title": "Tokens written", "type": "integer", "minimum": 0 }
                  },
                  "required": ["inputTokens", "outputTokens"],
                  "additionalProperties": false
                }
              },
              "required": ["text", "model", "finishReason"],
              "additionalProperties": false
            }
            """),
        Examples =
        [
            new AgentExample("Explain", AgentJson.Parse("""
                { "prompt": "Explain in three sentences why the sky is blue.", "maxOutputTokens": 200 }
                """)),
            new AgentExample("Rewrite politely", AgentJson.Parse("""
                {
                  "instructions": "You rewrite texts politely and briefly.",
                  "history": [{ "role": "user", "text": "Send the invoice now." }, { "role": "assistant", "text": "Could you please send me the invoice?" }],
                  "prompt": "Your parcel is late again."
                }
                """)),
        ],
        Price = new AgentPrice(new Tokens(options.PricePerCallMicro), new Tokens(options.PricePerThousandMicro)),
        Country = options.Country,
        Recipient = options.Endpoint!.Host,
        MaxConcurrency = options.MaxConcurrency,
        Timeout = TimeSpan.FromMinutes(5),
    };
}
