using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Scripts;

/// <summary>Runs a function of the user's in an engine with no way out.</summary>
internal sealed class ScriptAgent(WorkGate gate, IScriptRunner runner) : IAgent
{
    public AgentCard Card => ScriptCard.Card;

    public Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var request = AgentJson.Read<ScriptInput>(input);
        var code = Check.Text(request.Code, "code", ScriptCard.MaxCode);
        var argument = request.Input?.GetRawText() ?? "null";
        return gate.RunAsync(() => Run(code, argument, context, cancellationToken), cancellationToken);
    }

    private JsonElement Run(string code, string argument, IAgentContext context, CancellationToken cancellationToken)
    {
        context.Progress(10, "Running main");
        var log = new ScriptLog(context);
        var result = runner.Run(code, argument, log, cancellationToken);
        context.Progress(100, "main has returned");
        return AgentJson.Answer(new ScriptAnswer(result, log.Lines, log.Truncated));
    }
}
