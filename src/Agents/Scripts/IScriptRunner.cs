using System.Text.Json;

namespace Orkestron.Agents.Scripts;

/// <summary>Runs one script.</summary>
internal interface IScriptRunner
{
    /// <summary>Calls the script's main with an input.</summary>
    /// <param name="code">The script.</param>
    /// <param name="input">JSON.</param>
    /// <param name="log">Takes what it logs.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What main returned.</returns>
    /// <exception cref="Contracts.Agents.AgentRefusedException">The script failed or did too much; the message says where.</exception>
    JsonElement Run(string code, string input, ScriptLog log, CancellationToken cancellationToken);
}
