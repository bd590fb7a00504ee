using Orkestron.Agents.Cards;
using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Scripts;

internal static class ScriptCard
{
    public const string Name = "javascript-sandbox";
    public const int MaxCode = 50_000;

    public static readonly AgentCard Card = new()
    {
        Provider = BuiltIn.Provider,
        Name = Name,
        Version = "1.1.0",
        Title = "JavaScript sandbox",
        Summary = "Runs your function main(input), a script or a module, and returns what it returns as JSON. 5 seconds and "
            + "32 MiB in a process of its own; Intl and BigInt are there, but no network, files, imports, eval or timers; "
            + "Math.random repeats.",
        Skills = ["javascript", "code", "transform", "compute"],
        InputSchema = CardSchema.Of<ScriptInput>(),
        OutputSchema = CardSchema.Of<ScriptAnswer>(),
        Examples =
        [
            new AgentExample("Mean and median", AgentJson.Parse("""
                {
                  "code": "function main(input) {\n  const sorted = [...input].sort((a, b) => a - b);\n  const mean = sorted.reduce((a, b) => a + b, 0) / sorted.length;\n  console.log('values', sorted.length);\n  return { mean, median: sorted[Math.floor(sorted.length / 2)] };\n}",
                  "input": [4, 8, 15, 16, 23]
                }
                """)),
            new AgentExample("Reshape orders", AgentJson.Parse("""
                {
                  "code": "function main(orders) {\n  const total = {};\n  for (const o of orders) {\n    total[o.customer] = (total[o.customer] || 0) + o.amount;\n  }\n  console.log(JSON.stringify(total));\n  return total;\n}",
                  "input": [{ "customer": "Ada", "amount": 5 }, { "customer": "Bo", "amount": 7 }, { "customer": "Ada", "amount": 1.5 }]
                }
                """)),
        ],
        Price = new AgentPrice(new Tokens(10_000), new Tokens(1_000)),
        Country = BuiltIn.Country,
        MaxConcurrency = 4,
        Timeout = TimeSpan.FromMinutes(1),
    };
}
