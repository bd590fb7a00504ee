using System.Security.Cryptography;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk;

/// <summary>Creates agent cards from descriptions and types.</summary>
internal static class CardOf
{
    /// <exception cref="ArgumentException">The description is incomplete; the message says what is missing.</exception>
    public static AgentCard Types(AgentDescription description, Type input, Type output)
    {
        var name = description.Agent.Split('/');
        if (name.Length != 2)
        {
            throw new ArgumentException($"'{description.Agent}' is no name of an agent. Write provider/name.", nameof(description));
        }

        if (description.Examples.Count == 0)
        {
            throw new ArgumentException($"{description.Agent} needs an example of its input: people try it with that.", nameof(description));
        }

        var card = new AgentCard
        {
            Provider = name[0],
            Name = name[1],
            Version = description.Version ?? "0",
            Kind = description.Kind,
            Title = description.Title ?? name[1],
            Summary = description.Summary,
            Skills = description.Skills,
            InputSchema = SchemaOf.Type(input),
            OutputSchema = SchemaOf.Type(output),
            Examples =
            [
                .. description.Examples.Select(static each =>
                    new AgentExample(each.Key, JsonSerializer.SerializeToElement(each.Value, SdkJson.Agents))),
            ],
            Price = description.Price,
            Country = description.Country,
            Recipient = description.Recipient,
            MaxConcurrency = description.MaxConcurrency,
            Timeout = description.Timeout,
            MaxInputBytes = description.MaxInputBytes,
        };
        return description.Version is null ? card with { Version = $"1.0.0-{Digest(card)}" } : card;
    }

    private static string Digest(AgentCard card) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(PublishAgentRequest.Of(card), SdkJson.Wire)))[..8];
}
