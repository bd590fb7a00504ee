using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Orchestration.Planning;

internal static class PlannerCard
{
    public const int MaxGoal = 2_000;
    public const int MaxSteps = 8;

    public static readonly AgentCard Card = new()
    {
        Provider = BuiltIn.Provider,
        Name = "planner",
        Version = "1.1.0",
        Title = "Planner",
        Summary = "Finds agents for a goal by their meaning, joins them to a plan whose data fits, at the same time where none "
            + "needs another's answer, shows it to you with its price, and runs what you approve. It refuses when nothing fits. With a language model configured, the model proposes "
            + "the plan, by a call of orkestron/chat. Best in English.",
        Kind = AgentKind.Orchestrator,
        Skills = ["plan", "orchestration", "search", "workflow"],
        InputSchema = AgentJson.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Goal and input",
              "type": "object",
              "properties": {
                "goal": { "title": "Goal", "description": "What you want, in a sentence or two. Name each thing to do.", "type": "string",
                  "minLength": 1, "maxLength": 2000, "x-multiline": true },
                "input": { "title": "Input", "description": "What to work on, as JSON: for instance {\"text\": \"...\"}.", "type": "object" },
                "maxSteps": { "title": "Most steps", "description": "How many agents the plan may join.", "type": "integer",
                  "minimum": 1, "maximum": 8, "default": 3 }
              },
              "required": ["goal"],
              "additionalProperties": false
            }
            """),
        OutputSchema = AgentJson.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Plan and answer",
              "type": "object",
              "properties": {
                "plan": { "title": "Plan", "description": "What was run: publish it as an agent to run it again.", "type": "object" },
                "by": { "title": "Made by", "enum": ["model", "matching", "you"] },
                "result": { "title": "Result" }
              },
              "required": ["plan", "by", "result"],
              "additionalProperties": false
            }
            """),
        Examples =
        [
            new AgentExample("Key terms of a text", AgentJson.Parse("""
                {
                  "goal": "Extract the keywords of this text",
                  "input": { "text": "Grid batteries store energy at noon. They sell it in the evening. Operators watch how they age." },
                  "maxSteps": 1
                }
                """)),
            new AgentExample("Summarise, then extract terms", AgentJson.Parse("""
                {
                  "goal": "Summarise the text, then extract the keywords of the summary",
                  "input": { "text": "Grid batteries store energy at noon. They sell it in the evening. Operators watch how they age. New cells last longer. Their price falls each year." },
                  "maxSteps": 2
                }
                """)),
            new AgentExample("Summary and terms at once", AgentJson.Parse("""
                {
                  "goal": "Summarise this text and extract its keywords",
                  "input": { "text": "Grid batteries store energy at noon. They sell it in the evening. Operators watch how they age. New cells last longer. Their price falls each year." },
                  "maxSteps": 2
                }
                """)),
        ],
        Price = new AgentPrice(new Tokens(20_000), new Tokens(1_000), new Tokens(5_000_000)),
        Country = "DE",
        MaxConcurrency = 32,
        Timeout = TimeSpan.FromMinutes(30),
    };
}
