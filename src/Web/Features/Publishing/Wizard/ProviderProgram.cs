using System.Globalization;
using System.Text.Json;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Web.Features.Agents.Run;

namespace Orkestron.Web.Features.Publishing.Wizard;

/// <summary>A complete program that serves a published version. It publishes the same content, so it creates no new version.
/// Pure.</summary>
internal static class ProviderProgram
{
    public static string Of(AgentManifest agent)
    {
        var recipient = agent.Recipient is { } other ? $"\n        Recipient = {Text(other)}," : "";
        return $$"""
            using System.Text.Json;
            using Orkestron.Contracts;
            using Orkestron.Contracts.Agents;
            using Orkestron.Sdk;

            await OrkestronProvider.Create(args).AddAgent<MyAgent>().RunAsync();

            internal sealed class MyAgent : IAgent
            {
                public AgentCard Card { get; } = new()
                {
                    Provider = {{Text(agent.Provider)}},
                    Name = {{Text(agent.Name)}},
                    Version = {{Text(agent.Version)}},
                    Kind = AgentKind.{{Kind(agent.Kind)}},
                    Title = {{Text(agent.Title)}},
                    Summary = {{Text(agent.Summary)}},
                    Skills = [{{string.Join(", ", agent.Skills.Select(Text))}}],
                    InputSchema = {{Json(agent.InputSchema)}},
                    OutputSchema = {{Json(agent.OutputSchema)}},
                    Examples =
                    [
            {{string.Join("\n", agent.Examples.Select(static each => $"            new AgentExample({Text(each.Title)}, {Json(each.Input)}),"))}}
                    ],
                    Price = new AgentPrice(
                        new Tokens({{Number(agent.Price.PerCallMicro)}}), new Tokens({{Number(agent.Price.PerThousandMicro)}}), new Tokens({{Number(agent.Price.CallBudgetMicro)}})),
                    Country = {{Text(agent.Country)}},{{recipient}}
                    MaxConcurrency = {{Number(agent.MaxConcurrency)}},
                    Timeout = TimeSpan.FromSeconds({{agent.Timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)}}),
                    MaxInputBytes = {{Number(agent.MaxInputBytes)}},
                };

                public async Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken stop)
                {
                    // Work on the input here. What you return must fit the output schema.
                    return input;
                }
            }
            """;
    }

    private static string Kind(string kind) => kind switch
    {
        "orchestrator" => "Orchestrator",
        "reviewer" => "Reviewer",
        _ => "Worker",
    };

    // What JSON escapes in a text, C# reads the same way.
    private static string Text(string text) => JsonSerializer.Serialize(text, Plain);

    private static string Json(Payload json)
    {
        // A raw literal may not begin or end with a quote of its content.
        if (json.ToString() is not ['{' or '[', ..] text)
        {
            return $"JsonElement.Parse({Text(json.ToString())})";
        }

        var quotes = new string('"', Math.Max(3, Snippets.LongestRun(text) + 1));
        return $"JsonElement.Parse({quotes}{text}{quotes})";
    }

    private static string Number(long number) => number.ToString("0", CultureInfo.InvariantCulture);

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
