using System.Text.Json;
using Microsoft.Extensions.Options;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Scripts;

/// <summary>Runs a function of the user's in an interpreter with no way out.</summary>
internal sealed class ScriptAgent(WorkGate gate, IOptions<AgentsOptions> options) : IAgent
{
    // The engine's own limits answer first, with a better message; this is for what they do not reach.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ScriptThread _threads = new();

    public AgentCard Card => ScriptCard.Card;

    public Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var request = AgentJson.Read<ScriptInput>(input);
        var code = Check.Text(request.Code, "code", ScriptCard.MaxCode);
        var argument = request.Input.ValueKind == JsonValueKind.Undefined ? "null" : request.Input.GetRawText();
        return gate.RunAsync(() => Run(code, argument, context, cancellationToken), cancellationToken);
    }

    private JsonElement Run(string code, string argument, IAgentContext context, CancellationToken cancellationToken)
    {
        context.Progress(10, "Running main");
        var console = new ScriptConsole(context);
        var result = _threads.Run(
            () => ScriptRun.Run(code, argument, options.Value, console, cancellationToken),
            TimeSpan.FromSeconds(options.Value.ScriptTimeoutSeconds) + Grace);
        context.Progress(100, "main has returned");
        return AgentJson.Answer(new ScriptAnswer(result, console.Lines, console.Truncated));
    }
}
