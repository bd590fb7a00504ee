using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orkestron.Agents.Hosting;
using Orkestron.Agents.Tests.Common;
using Orkestron.Contracts.Agents;

[assembly: AssemblyFixture(typeof(AgentsFixture))]

namespace Orkestron.Agents.Tests.Common;

/// <summary>The agents as the platform gets them, made once.</summary>
public sealed class AgentsFixture : IDisposable
{
    private readonly ServiceProvider _services = FakeDirectory.Add(new ServiceCollection())
        .AddBuiltInAgents(new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("Orkestron:Agents:ScriptTimeoutSeconds", "1"),
                new("Orkestron:Agents:DocumentTimeoutSeconds", "3"),
                new("Orkestron:Isolation:GraceSeconds", "1"),
                // What ends a run here is the processor time it took: the machine may be busy.
                new("Orkestron:Isolation:ClockFactor", "30"),
                new("Orkestron:Isolation:StartSeconds", "300"),
            ])
            .Build())
        .BuildServiceProvider();

    public IReadOnlyList<IAgent> All => [.. _services.GetServices<IAgent>()];

    public IAgent this[string name] => All.Single(a => a.Card.Name == name);

    /// <summary>Runs an agent on an input given as an object or as JSON text and checks the answer's shape.</summary>
    internal async Task<JsonElement> RunAsync(string name, object input, FakeContext? context = null)
    {
        var agent = this[name];
        var element = input as JsonElement?
            ?? (input is string json ? JsonElement.Parse(json) : JsonSerializer.SerializeToElement(input));
        var answer = await agent.RunAsync(element, context ?? new FakeContext(All), TestContext.Current.CancellationToken);
        SchemaAssert.MustFit(agent.Card.OutputSchema, answer, name + " output");
        return answer;
    }

    internal Task<AgentRefusedException> RefusesAsync(string name, object input) =>
        Assert.ThrowsAsync<AgentRefusedException>(() => RunAsync(name, input));

    public void Dispose() => _services.Dispose();
}
