using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orkestron.Contracts.Agents;

/// <summary>Publishes a version of an agent: what an <see cref="AgentCard"/> says but provider and name.</summary>
/// <param name="Version">For instance <c>1.0.0</c>. A version never changes: publish a new one.</param>
/// <param name="Title">Its name for people, at most 80 characters.</param>
/// <param name="Summary">What it does, at most 400 characters.</param>
/// <param name="InputSchema">JSON Schema 2020-12 of the input, at most 64 KiB.</param>
/// <param name="OutputSchema">JSON Schema 2020-12 of the answer, at most 64 KiB.</param>
/// <param name="Examples">1 to 20 inputs to try, each valid against the input schema.</param>
/// <param name="Country">Where it processes data: ISO 3166-1 alpha-2.</param>
/// <param name="Kind"><c>worker</c> (the default), <c>orchestrator</c> or <c>reviewer</c>.</param>
/// <param name="Skills">At most 20 tags to find it by.</param>
/// <param name="Price">What a run costs; nothing when left out.</param>
/// <param name="MaxConcurrency">Runs at once over all processes, 1 to 1,000; 4 when left out.</param>
/// <param name="TimeoutSeconds">How long one run may take, at most a day; 120 when left out.</param>
/// <param name="MaxInputBytes">The largest input, at most 4 MiB; 262,144 when left out.</param>
/// <param name="Recipient">Who else is sent the input, for instance the host of a model; left out for nobody.</param>
/// <param name="Endpoint">
/// Where the agent is called by HTTP, for instance <c>https://agents.acme.example/echo</c>; its origin is registered first.
/// Left out for an agent that a process of yours serves over the hub.
/// </param>
/// <param name="Plan">A plan of other agents that the platform runs, at most 256 KiB, instead of a process of yours. What it
/// calls is paid from the call budget. <c>outputSchema</c> may be left out where the schemas of the called agents tell it.</param>
/// <param name="PlanYaml">The same as YAML, instead.</param>
/// <param name="CandidateShare">Percent of new tasks that this version gets beside the current one, 0 to 50; it becomes the
/// current one when left out.</param>
/// <param name="Listed">Whether the agent is in the catalogue and open to all; otherwise only its provider runs it. Stays as it
/// is when left out: a new agent is listed.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PublishAgentRequest(
    string? Version,
    string? Title,
    string? Summary,
    JsonElement? InputSchema,
    JsonElement? OutputSchema,
    IReadOnlyList<AgentExample>? Examples,
    string? Country,
    string? Kind = null,
    IReadOnlyList<string>? Skills = null,
    ListedPrice? Price = null,
    int? MaxConcurrency = null,
    double? TimeoutSeconds = null,
    int? MaxInputBytes = null,
    string? Recipient = null,
    string? Endpoint = null,
    JsonElement? Plan = null,
    string? PlanYaml = null,
    int? CandidateShare = null,
    bool? Listed = null)
{
    /// <summary>What a card says.</summary>
    public static PublishAgentRequest Of(AgentCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return new PublishAgentRequest(
            card.Version,
            card.Title,
            card.Summary,
            card.InputSchema,
            card.OutputSchema,
            card.Examples,
            card.Country,
            card.Kind.Word(),
            card.Skills,
            ListedPrice.Of(card.Price),
            card.MaxConcurrency,
            card.Timeout.TotalSeconds,
            card.MaxInputBytes,
            card.Recipient);
    }
}
