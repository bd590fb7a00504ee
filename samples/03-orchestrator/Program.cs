using System.ComponentModel;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Sdk;

await OrkestronProvider.Create(args).AddAgent<BriefAgent>().RunAsync();

/// <summary>
/// Combines agents of the platform. Each call is a durable step: after a crash of this process or of the platform the code
/// runs again and gets what was recorded, so that no agent is called or paid twice.
/// </summary>
public sealed class BriefAgent : Agent<BriefInput, BriefOutput>
{
    protected override AgentDescription Describe() => new()
    {
        Agent = $"{Environment.GetEnvironmentVariable("ORKESTRON_PROVIDER") ?? "acme"}/brief",
        Title = "Brief",
        Summary = "Summarises a text and names its keywords, with the platform's own agents, at the same time.",
        Country = "DE",
        Kind = AgentKind.Orchestrator,
        Skills = ["summaries", "keywords"],
        PricePerCall = 0.001m,
        CallBudget = 0.5m,
        Examples =
        {
            ["Harbours"] = new BriefInput("The harbour took in forty ships in May. Each ship pays by its length. Long ships pay more."),
        },
    };

    public override async Task<BriefOutput> RunAsync(BriefInput input, IAgentContext context, CancellationToken cancellationToken)
    {
        context.Progress(0, "asking two agents");
        var summary = context.CallAgentAsync<object, JsonElement>(
            "orkestron/summariser", new { text = input.Text }, cancellationToken);
        var keywords = context.CallAgentAsync<object, JsonElement>(
            "orkestron/keyword-extractor", new { text = input.Text }, cancellationToken);
        return new BriefOutput(await summary, await keywords);
    }
}

public sealed record BriefInput([property: Description("The text to brief on.")] string Text);

public sealed record BriefOutput(JsonElement Summary, JsonElement Keywords);
