using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Keywords;

/// <summary>Keyphrases and entities of a text.</summary>
internal sealed class KeywordAgent(WorkGate gate) : IAgent
{
    public AgentCard Card => KeywordCard.Card;

    public Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var request = AgentJson.Read<KeywordInput>(input);
        var text = Check.Text(request.Text, "text", KeywordCard.MaxCharacters);
        var wanted = Check.Between(request.MaxKeyphrases, "maxKeyphrases", 1, KeywordCard.MaxKeyphrases);
        return gate.RunAsync(() => Extract(text, wanted, request.Entities, context, cancellationToken), cancellationToken);
    }

    private static JsonElement Extract(
        string text, int wanted, bool withEntities, IAgentContext context, CancellationToken cancellationToken)
    {
        context.Progress(10, "Weighing phrases");
        var phrases = Keyphrases.Find(text, wanted);
        foreach (var phrase in phrases)
        {
            context.Write(phrase.Text + "\n");
        }

        cancellationToken.ThrowIfCancellationRequested();
        context.Progress(60, $"Found {phrases.Count} keyphrases");
        var entities = withEntities ? Entities.Find(text, KeywordCard.MaxEntities, cancellationToken) : [];
        context.Progress(100, $"Found {phrases.Count} keyphrases and {entities.Count} entities");
        return AgentJson.Answer(new KeywordAnswer(
            phrases, [.. entities.Take(KeywordCard.MaxEntities)], entities.Count > KeywordCard.MaxEntities));
    }
}
