using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orkestron.Agents.Hosting;
using Orkestron.Agents.Isolation;
using Orkestron.Agents.Tests.Common;
using Orkestron.Agents.Tests.Isolation;
using Orkestron.Contracts.Agents;

[assembly: AssemblyFixture(typeof(IsolationFixture))]

namespace Orkestron.Agents.Tests.Isolation;

/// <summary>Child processes under tight limits, shared by all tests of this folder.</summary>
public sealed class IsolationFixture : IDisposable
{
    private readonly ServiceProvider _services = FakeDirectory.Add(new ServiceCollection())
        .AddBuiltInAgents(new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("Orkestron:Agents:ScriptTimeoutSeconds", "1"),
                new("Orkestron:Agents:CsvTimeoutSeconds", "1"),
                new("Orkestron:Agents:DocumentTimeoutSeconds", "1"),
                new("Orkestron:Isolation:GraceSeconds", "1"),
                new("Orkestron:Isolation:ClockFactor", "10"),
                new("Orkestron:Isolation:StartSeconds", "300"),
                new("Orkestron:Isolation:MemoryMebibytes", "384"),
                new("Orkestron:Isolation:MaxProcesses", "4"),
                new("Orkestron:Isolation:WarmProcesses", "2"),
            ])
            .Build())
        .BuildServiceProvider();

    internal WorkerPool Pool => _services.GetRequiredService<WorkerPool>();

    internal Task<JsonElement> RunAsync(
        string agent, object input, string user, FakeContext? context = null, CancellationToken? cancellationToken = null) =>
        _services.GetServices<IAgent>().OfType<IIsolatedAgent>().Single(each => each.Card.Name == agent).RunAsync(
            JsonSerializer.SerializeToElement(input),
            context ?? new FakeContext(),
            user,
            cancellationToken ?? TestContext.Current.CancellationToken);

    public void Dispose() => _services.Dispose();
}
