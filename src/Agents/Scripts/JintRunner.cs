using System.Text.Json;
using Microsoft.Extensions.Options;
using Orkestron.Agents.Common;

namespace Orkestron.Agents.Scripts;

/// <summary>Runs scripts in an interpreter, on systems that V8 has no library for.</summary>
internal sealed class JintRunner(IOptions<AgentsOptions> options) : IScriptRunner
{
    // The engine's own limits answer first, with a better message; this is for what they do not reach.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ScriptThread _threads = new();

    public JsonElement Run(string code, string input, ScriptLog log, CancellationToken cancellationToken) => _threads.Run(
        () => ScriptRun.Run(code, input, options.Value, log, cancellationToken),
        TimeSpan.FromSeconds(options.Value.ScriptTimeoutSeconds) + Grace);
}
