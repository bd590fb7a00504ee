using Microsoft.Extensions.DependencyInjection;
using Orkestron.Agents.Csv;
using Orkestron.Agents.Documents;
using Orkestron.Agents.Isolation;
using Orkestron.Agents.Scripts;
using Orkestron.Agents.Scripts.V8;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Hosting;

/// <summary>The built-in agents that run untrusted code or parse untrusted documents: one entry each, for the node and the child
/// process.</summary>
internal static class IsolatedAgents
{
    public static readonly IReadOnlyList<IsolatedRegistration> All =
    [
        new(ScriptCard.Name, static () => ScriptCard.Card, static options => options.ScriptTimeoutSeconds, AddScripts),
        IsolatedRegistration.Of<CsvAgent>(CsvCard.Name, static () => CsvCard.Card, static options => options.CsvTimeoutSeconds),
        IsolatedRegistration.Of<DocumentAgent>(
            DocumentCard.Name, static () => DocumentCard.Card, static options => options.DocumentTimeoutSeconds),
    ];

    private static void AddScripts(IServiceCollection services)
    {
        services.AddSingleton<IScriptRunner>(static provider => V8Runner.IsAvailable
            ? ActivatorUtilities.CreateInstance<V8Runner>(provider)
            : ActivatorUtilities.CreateInstance<JintRunner>(provider));
        services.AddKeyedSingleton<IAgent, ScriptAgent>(ScriptCard.Name);
    }
}
