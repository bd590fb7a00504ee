using Orkestron.Agents.Cards;
using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Chat;

internal static class ChatCard
{
    public const string Name = "chat";
    public const int MaxPrompt = 50_000;
    public const int MaxInstructions = 10_000;
    public const int MaxTurns = 50;
    public const int MaxOutputTokens = 8_192;
    public const int MaxAnswer = 100_000;

    public static AgentCard Of(ModelsOptions options) => new()
    {
        Provider = BuiltIn.Provider,
        Name = Name,
        Version = "1.0.0",
        Title = "Chat",
        Summary = "Answers through the language model that the operator configured; your text leaves the platform for that "
            + "endpoint. It can be wrong, may answer otherwise when asked again, and sees nothing but what you send. "
            + "Up to 8,192 tokens an answer.",
        Skills = ["chat", "language-model", "write", "rewrite", "translate"],
        InputSchema = CardSchema.Of<ChatInput>(),
        OutputSchema = CardSchema.Of<ChatAnswer>(),
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
