using Orkestron.Agents.Cards;
using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Workflows;

internal static class WorkflowCard
{
    public const int MaxYaml = 100_000;

    public static readonly AgentCard Card = new()
    {
        Provider = BuiltIn.Provider,
        Name = "workflow",
        Version = "1.0.0",
        Title = "Workflow",
        Summary = "Runs a plan of other agents: one after the other, at the same time, over a list, by a condition, against "
            + "each other, by vote, with your approval between. It survives restarts and days of waiting. Each agent's price "
            + "is added; at most 200 steps in the plan.",
        Kind = AgentKind.Orchestrator,
        Skills = ["workflow", "orchestration", "plan", "approval", "map", "vote"],
        InputSchema = CardSchema.Of<WorkflowInput>("""{ "properties": { "plan": { "type": "object" }, "input": { "type": "object" } } }"""),
        OutputSchema = CardSchema.Of<WorkflowAnswer>(),
        Examples =
        [
            new AgentExample("Summarise, approve, extract", AgentJson.Parse("""
                {
                  "plan": {
                    "steps": [
                      { "id": "summary", "call": "orkestron/summariser", "input": { "text": { "$ref": "/input/text" }, "sentences": 2 } },
                      { "id": "check", "approve": { "prompt": "Is this a fair summary?", "subject": { "$ref": "/steps/summary/summary" } } },
                      { "id": "terms", "call": "orkestron/keyword-extractor", "input": { "text": { "$ref": "/steps/check/value" } } }
                    ],
                    "output": { "summary": { "$ref": "/steps/check/value" }, "terms": { "$ref": "/steps/terms/keyphrases" } }
                  },
                  "input": { "text": "Grid batteries store energy at noon. They sell it in the evening. Operators watch how they age." }
                }
                """)),
            new AgentExample("Summarise each of several texts", AgentJson.Parse("""
                {
                  "plan": {
                    "steps": [
                      { "id": "each", "map": { "over": { "$ref": "/input/texts" }, "atMost": 3, "do": [
                        { "id": "short", "call": "orkestron/summariser", "input": { "text": { "$ref": "/item" }, "sentences": 1 } } ] } }
                    ],
                    "output": { "$ref": "/steps/each" }
                  },
                  "input": { "texts": ["The sun rose. The harbour woke.", "Rain fell all day. The ships stayed."] }
                }
                """)),
            new AgentExample("The same kind of plan in YAML", AgentJson.Parse("""
                {
                  "yaml": "steps:\n  - id: terms\n    call: orkestron/keyword-extractor\n    input: { text: { $ref: /input/text } }\noutput: { $ref: /steps/terms/keyphrases }\n",
                  "input": { "text": "Grid batteries store energy at noon and sell it in the evening." }
                }
                """)),
        ],
        Price = new AgentPrice(new Tokens(10_000), new Tokens(1_000), new Tokens(5_000_000)),
        Country = BuiltIn.Country,
        MaxConcurrency = 64,
        Timeout = TimeSpan.FromMinutes(30),
    };
}
