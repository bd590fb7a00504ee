using System.ComponentModel;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Messages;
using Orkestron.Sdk;

await OrkestronProvider.Create(args).AddAgent<EditorAgent>().AddAgent<WriterAgent>().AddAgent<CriticAgent>().RunAsync();

/// <summary>Sets a writer and a critic to work at the same time, and lets them settle the text between them.</summary>
public sealed class EditorAgent : Agent<Draft, Draft>
{
    protected override AgentDescription Describe() => Agents.Describe("editor", "A writer and a critic shorten a text.") with
    {
        Kind = AgentKind.Orchestrator,
        CallBudget = 0.5m,
    };

    public override async Task<Draft> RunAsync(Draft input, IAgentContext context, CancellationToken cancellationToken)
    {
        var writer = context.CallAgentAsync<Draft, Draft>(
            Agents.Key("writer"), input, cancellationToken, new CallOptions(Role: "writer"));
        var critic = context.CallAgentAsync<Draft, Draft>(
            Agents.Key("critic"), input, cancellationToken, new CallOptions(Role: "critic"));
        await Task.WhenAll(writer, critic);
        return await writer;
    }
}

/// <summary>Sends each draft to the critic, and leaves out what it finds too much.</summary>
public sealed class WriterAgent : Agent<Draft, Draft>
{
    protected override AgentDescription Describe() => Agents.Describe("writer", "Shortens a text as a critic asks for.");

    public override async Task<Draft> RunAsync(Draft input, IAgentContext context, CancellationToken cancellationToken)
    {
        var text = input.Text;
        while (true)
        {
            await context.SendAsync(MessageTo.Role("critic"), "draft", new Draft(text), cancellationToken);
            var answer = await context.ReceiveAsync("verdict", cancellationToken);
            if (answer.Data.GetProperty("drop").GetString() is not { } word)
            {
                return new Draft(text);
            }

            text = string.Join(' ', text.Split(' ').Where(each => !each.Equals(word, StringComparison.OrdinalIgnoreCase)));
        }
    }
}

/// <summary>Reads each draft and names one word that it can do without, until there is none.</summary>
public sealed class CriticAgent : Agent<Draft, Draft>
{
    private static readonly string[] Fillers = ["very", "really", "quite", "just"];

    protected override AgentDescription Describe() => Agents.Describe("critic", "Finds words that a text can do without.");

    public override async Task<Draft> RunAsync(Draft input, IAgentContext context, CancellationToken cancellationToken)
    {
        while (true)
        {
            var draft = await context.ReceiveAsync("draft", cancellationToken);
            var text = draft.Data.GetProperty("text").GetString()!;
            var drop = Fillers.FirstOrDefault(word => text.Split(' ').Contains(word, StringComparer.OrdinalIgnoreCase));
            await context.SendAsync(MessageTo.Step(draft.FromStep), "verdict", new Verdict(drop), cancellationToken);
            if (drop is null)
            {
                return new Draft(text);
            }
        }
    }
}

public sealed record Draft([property: Description("The text, words parted by spaces.")] string Text);

public sealed record Verdict(string? Drop);

internal static class Agents
{
    public static string Key(string name) => $"{Environment.GetEnvironmentVariable("ORKESTRON_PROVIDER") ?? "acme"}/{name}";

    public static AgentDescription Describe(string name, string summary) => new()
    {
        Agent = Key(name),
        Summary = summary,
        Country = "DE",
        Skills = ["editing"],
        PricePerCall = 0.001m,
        Examples = { ["Harbour"] = new Draft("The harbour is really very old and just quite full.") },
    };
}
