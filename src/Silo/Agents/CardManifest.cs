using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Domain;
using Orkestron.Domain.Agents;

namespace Orkestron.Silo.Agents;

/// <summary>Converts a card to the manifest that is stored.</summary>
internal static class CardManifest
{
    public static AgentManifest Of(AgentCard card) => new()
    {
        Provider = card.Provider,
        Name = card.Name,
        Version = card.Version,
        Kind = card.Kind.Word(),
        Title = card.Title,
        Summary = card.Summary,
        Skills = [.. card.Skills],
        InputSchema = Json(card.InputSchema),
        OutputSchema = Json(card.OutputSchema),
        Examples = [.. card.Examples.Select(static example => new ManifestExample(example.Title, Json(example.Input)))],
        Price = new AgentPricing(
            card.Price.PerCall.Micro, card.Price.PerThousandCharacters.Micro, card.Price.CallBudget.Micro)
        {
            UsualCallsMicro = card.Price.UsualCalls?.Micro,
            UsualCallsPerThousandMicro = card.Price.UsualCallsPerThousandCharacters.Micro,
        },
        Country = card.Country,
        Recipient = card.Recipient,
        MaxConcurrency = card.MaxConcurrency,
        Timeout = card.Timeout,
        MaxInputBytes = card.MaxInputBytes,
    };

    private static Payload Json(JsonElement element) => new(JsonSerializer.SerializeToUtf8Bytes(element));
}
