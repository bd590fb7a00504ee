using Orkestron.Agents.Chat;
using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Planning;

internal static class PlannerCard
{
    public const int MaxGoal = 2_000;
    public const int MaxSteps = 8;

    // A model is asked twice at most, and reads up to so many thousand bytes.
    private const int Rounds = 2;
    private const int ThousandsRead = 60;

    /// <summary>The card where a model writes the plan: its calls are held for too.</summary>
    public static AgentCard With(ModelsOptions model) => Card with
    {
        Price = Card.Price with
        {
            UsualCalls = new Tokens(checked(
                Card.Price.UsualCalls!.Value.Micro + (Rounds * (model.PricePerCallMicro + (ThousandsRead * model.PricePerThousandMicro))))),
        },
    };

    public static readonly AgentCard Card = new()
    {
        Provider = BuiltIn.Provider,
        Name = "planner",
        Version = "1.2.0",
        Title = "Planner",
        Summary = "Finds agents for a goal by their meaning, joins them to a plan whose data fits, at the same time where none "
            + "needs another's answer, shows it to you with its price and with what of the goal it leaves out, and runs what you approve. It writes no SQL or code "
            + "unless a language model is configured, which then proposes the plan (a call of orkestron/chat). Best in English.",
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
                "result": { "title": "Result" },
                "leftOut": { "title": "Left out", "description": "What of the goal the plan did not do, and why.", "type": "array", "maxItems": 100,
                  "items": { "type": "object", "properties": {
                    "part": { "title": "Part of the goal", "type": "string", "maxLength": 2000 },
                    "why": { "title": "Why", "type": "string", "maxLength": 1000 } }, "required": ["part", "why"] } },
                "assumed": { "title": "Assumed", "description": "What was taken without the goal saying so.", "type": "array", "maxItems": 100,
                  "items": { "type": "string", "maxLength": 3000 } },
                "unclear": { "title": "Unclear", "description": "Words of the goal that no agent of the plan mentions.", "type": "array",
                  "maxItems": 20, "items": { "type": "string", "maxLength": 2000 } }
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
        Price = new AgentPrice(new Tokens(20_000), new Tokens(1_000), new Tokens(5_000_000))
        {
            // What eight calls of the built-in agents cost, which take 5,000 to 30,000 and 500 to 2,000 a begun thousand.
            UsualCalls = new Tokens(200_000),
            UsualCallsPerThousandCharacters = new Tokens(16_000),
        },
        Country = "DE",
        MaxConcurrency = 32,
        Timeout = TimeSpan.FromMinutes(30),
    };
}
