using Orkestron.Agents.Cards;
using Orkestron.Agents.Chat;
using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Planning;

internal static class PlannerCard
{
    public const int MaxGoal = 2_000;
    public const int MaxSteps = 8;
    public const int MaxNotes = 100;
    public const int MaxUnclear = 20;

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
        InputSchema = CardSchema.Of<PlannerInput>("""{ "properties": { "input": { "type": "object" } } }"""),
        OutputSchema = CardSchema.Of<PlannerAnswer>("""{ "properties": { "plan": { "type": "object" } } }"""),
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
        Country = BuiltIn.Country,
        MaxConcurrency = 32,
        Timeout = TimeSpan.FromMinutes(30),
    };
}
