using Orkestron.Domain;
using Orkestron.Domain.Agents;

namespace Orkestron.Grains.Tests.Agents;

internal static class TestManifest
{
    public static AgentManifest Of(string version, string key = "a/b") => new()
    {
        Provider = key.Split('/')[0],
        Name = key.Split('/')[1],
        Version = version,
        Kind = "worker",
        Title = "A test",
        Summary = "A test.",
        Skills = [],
        InputSchema = Payload.Of("""{"type":"object"}"""),
        OutputSchema = Payload.Of("""{"type":"object"}"""),
        Examples = [new ManifestExample("Any", Payload.EmptyObject)],
        Price = new AgentPricing(1, 0, 0),
        Country = "DE",
        MaxConcurrency = 4,
        Timeout = TimeSpan.FromMinutes(1),
        MaxInputBytes = 1_000,
        Transport = AgentTransports.Provider,
    };
}
