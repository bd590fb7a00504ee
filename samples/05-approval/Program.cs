using System.ComponentModel;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Sdk;
using Orkestron.Workflow;

await OrkestronProvider.Create(args).AddAgent<NoticeAgent>().RunAsync();

/// <summary>
/// Asks the task's owner before it sends. The question may stay open for days: meanwhile the run has ended and holds nothing,
/// and the answer begins it again, with everything that was recorded.
/// </summary>
public sealed class NoticeAgent : Agent<NoticeInput, NoticeOutput>
{
    private static readonly JsonElement Form = JsonSerializer.SerializeToElement(new
    {
        type = "object",
        properties = new
        {
            approved = new { type = "boolean", title = "Send it" },
            value = new { type = "string", title = "Notice", maxLength = 2_000 },
        },
        required = new[] { "approved" },
    });

    protected override AgentDescription Describe() => new()
    {
        Agent = $"{Environment.GetEnvironmentVariable("ORKESTRON_PROVIDER") ?? "acme"}/notice",
        Title = "Notice",
        Summary = "Summarises a text, lets you approve or edit it, and sends it after a while.",
        Country = "DE",
        Kind = AgentKind.Orchestrator,
        Skills = ["summaries", "approval"],
        PricePerCall = 0.001m,
        CallBudget = 0.5m,
        Examples =
        {
            ["Harbour"] = new NoticeInput("The harbour took in forty ships in May. Each ship pays by its length. Long ships pay more.", 1),
        },
    };

    public override async Task<NoticeOutput> RunAsync(
        NoticeInput input, IAgentContext context, CancellationToken cancellationToken)
    {
        var summary = await context.CallAgentAsync<object, JsonElement>(
            "orkestron/summariser", new { text = input.Text, sentences = 1 }, cancellationToken);
        var draft = summary.GetProperty("summary");
        var answer = await context.AskUserAsync(new UserQuestion("Shall this be sent?", Form, draft), cancellationToken);
        if (!answer.GetProperty("approved").GetBoolean())
        {
            throw new AgentRefusedException("You denied it. Nothing was sent.") { Code = "denied" };
        }

        await context.SleepAsync(TimeSpan.FromSeconds(input.AfterSeconds), cancellationToken);
        var text = answer.TryGetProperty("value", out var edited) ? edited.GetString()! : draft.GetString()!;
        // What is done outside is recorded, so that a second run does not do it again.
        var sentAt = await context.SideEffectAsync(
            async stop =>
            {
                await Console.Out.WriteLineAsync($"NOTICE {text}".AsMemory(), stop);
                return context.Clock.GetUtcNow();
            },
            cancellationToken);
        return new NoticeOutput(text, sentAt);
    }
}

public sealed record NoticeInput(
    [property: Description("What the notice is about.")] string Text,
    [property: Description("How long to wait before it is sent, 0 to 3,600 seconds.")] int AfterSeconds);

public sealed record NoticeOutput(string Text, DateTimeOffset SentAt);
