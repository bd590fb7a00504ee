using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Documents;

/// <summary>Refusals that say where the document is wrong.</summary>
internal static class DocumentFault
{
    public static AgentRefusedException At(string format, long line, string why) =>
        new($"The {format} document is wrong at line {line}: {why}") { Code = "malformed_document" };

    public static AgentRefusedException Of(string code, string message) => new(message) { Code = code };
}
