using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Orkestron.Agents.Chat;
using Orkestron.Agents.Common;
using Orkestron.Agents.Embeddings;
using Orkestron.Agents.Plans.Model;
using Orkestron.Agents.Plans.Reading;
using Orkestron.Agents.Plans.Running;
using Orkestron.Agents.Workflows;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;

namespace Orkestron.Agents.Planning;

/// <summary>
/// Turns a goal into a plan, has it approved, and runs it. What depends on the agents of the moment is recorded, so that a
/// later run goes on with the plan that was shown.
/// </summary>
internal sealed class PlannerAgent(
    IAgentDirectory directory,
    IPlanChecker checker,
    AgentEmbeddingIndex index,
    IEmbedder embedder,
    WorkGate gate,
    IEnumerable<IChatClient> models,
    IOptions<ModelsOptions> options) : IAgent
{
    private const int MaxRounds = 5;

    public AgentCard Card { get; } = models.Any() ? PlannerCard.With(options.Value) : PlannerCard.Card;

    public async Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var request = AgentJson.Read<PlannerInput>(input);
        var goal = Check.Text(request.Goal, "goal", PlannerCard.MaxGoal);
        var given = request.Input ?? JsonSerializer.SerializeToElement(new { });
        var most = Check.Between(request.MaxSteps, "maxSteps", 1, PlannerCard.MaxSteps);

        context.Progress(5, "Looking for agents");
        var proposal = await ByModelAsync(goal, given, most, context, cancellationToken)
            ?? await ByMatchingAsync(goal, given, most, context, cancellationToken);
        if (proposal.Plan is null)
        {
            throw new AgentRefusedException(proposal.Why ?? "No agents fit the goal.") { Code = "no_agents_fit" };
        }

        var held = Card.Price.CallsHeld(input.GetRawText().Length);
        var (approved, edited) = await ApproveAsync(proposal, given, held, context, cancellationToken);
        context.Progress(30, "Running the plan");
        var result = await PlanRunner.RunAsync(PlanText.Read(approved), given, context, cancellationToken);
        context.Progress(100, "The plan has run");
        return AgentJson.Answer(edited
            ? new PlannerAnswer(approved, "you", result, [], [], [])
            : new PlannerAnswer(approved, proposal.By, result, proposal.LeftOut, proposal.Assumed, proposal.Unclear));
    }

    private async Task<Proposal> ByMatchingAsync(
        string goal, JsonElement given, int most, IAgentContext context, CancellationToken cancellationToken)
    {
        var recorded = await context.SideEffectAsync(
            async stop =>
            {
                var agents = (await directory.ListAsync(stop)).Where(Useful).ToList();
                var matching = new Matching(agents, index, embedder);
                return AgentJson.Answer(
                    await SoundAsync(await gate.RunAsync(() => matching.Propose(goal, given, most, stop), stop), given, stop));
            },
            cancellationToken);
        return recorded.Deserialize<Proposal>(AgentJson.Options)!;
    }

    /// <summary>A proposal that the checker finds right; else why it does not.</summary>
    private async Task<Proposal> SoundAsync(Proposal proposal, JsonElement given, CancellationToken stop)
    {
        if (proposal.Plan is not { } plan)
        {
            return proposal;
        }

        var report = (await checker.CheckAsync(new PlanDraft { Plan = plan, Input = given }, stop)).Report;
        return report.Faults.Count == 0
            ? proposal
            : proposal with
            {
                Plan = null,
                Why = $"The agents nearest to the goal do not fit together: {report.Faults[0].Path}: {report.Faults[0].Message}",
            };
    }

    /// <summary>The model's plan, checked, with one round to mend it; null to go on without the model.</summary>
    private async Task<Proposal?> ByModelAsync(
        string goal, JsonElement given, int most, IAgentContext context, CancellationToken cancellationToken)
    {
        if (!models.Any())
        {
            return null;
        }

        var prompt = await context.SideEffectAsync(
            async stop =>
            {
                var agents = (await directory.ListAsync(stop)).Where(Useful).ToList();
                return JsonSerializer.SerializeToElement(
                    await gate.RunAsync(() => ModelPrompt.Of(goal, given, most, agents, index, stop), stop));
            },
            cancellationToken);
        var history = new List<object>();
        var next = prompt.GetString()!;
        for (var round = 0; round < 2; round++)
        {
            string text;
            try
            {
                var answer = await context.CallAgentAsync(
                    ModelPrompt.Chat,
                    JsonSerializer.SerializeToElement(
                        new { instructions = ModelPrompt.Instructions, history, prompt = next, maxOutputTokens = 4_096 }),
                    cancellationToken);
                text = answer.GetProperty("text").GetString()!;
            }
            catch (Exception fault) when (fault is AgentFailedException or AgentRefusedException)
            {
                return null;
            }

            var (plan, faults) = await CheckedAsync(ModelPrompt.PlanIn(text), given, most, context, cancellationToken);
            if (faults.Count == 0)
            {
                return await CoveredAsync(goal, plan!.Value, context, cancellationToken);
            }

            history.Add(new { role = "user", text = next });
            history.Add(new { role = "assistant", text = ModelPrompt.Cut(text) });
            next = ModelPrompt.Repair(faults);
        }

        return null;
    }

    /// <summary>A model's plan, with the parts of the goal that none of its steps is near.</summary>
    private async Task<Proposal> CoveredAsync(string goal, JsonElement plan, IAgentContext context, CancellationToken cancellationToken)
    {
        var recorded = await context.SideEffectAsync(
            async stop =>
            {
                var agents = (await directory.ListAsync(stop)).Where(Useful).ToList();
                var called = PlanReader.Read(plan).Plan is { } read
                    ? PlanCalls.Of(read.Steps).Select(static call => call.Agent).ToHashSet()
                    : [];
                var matching = new Matching(agents, index, embedder);
                return AgentJson.Answer(await gate.RunAsync(() => matching.Uncovered(goal, called, stop), stop));
            },
            cancellationToken);
        return new Proposal(plan, "model", null) { LeftOut = recorded.Deserialize<LeftOut[]>(AgentJson.Options)! };
    }

    /// <summary>Shows the plan until it is approved as it is shown, and was found right.</summary>
    /// <exception cref="AgentFailedException">The owner denied, or edited it past mending.</exception>
    private async Task<(JsonElement Plan, bool Edited)> ApproveAsync(
        Proposal proposal, JsonElement given, Tokens held, IAgentContext context, CancellationToken cancellationToken)
    {
        var plan = proposal.Plan!.Value;
        IReadOnlyList<string> faults = [];
        for (var round = 0; round < MaxRounds; round++)
        {
            var report = await context.SideEffectAsync(
                async stop => AgentJson.Answer((await checker.CheckAsync(new PlanDraft { Plan = plan, Input = given }, stop)).Report),
                cancellationToken);
            var answer = await context.AskUserAsync(
                PlanApproval.Question(proposal, report.Deserialize<PlanReport>(AgentJson.Options)!, faults, held), cancellationToken);
            if (answer.GetProperty("decision").GetString() != "approve")
            {
                throw PlanApproval.Denied(answer);
            }

            if (PlanApproval.Edited(answer) is not { } changed)
            {
                return (plan, false);
            }

            var (kept, wrong) = await CheckedAsync(changed, given, PlanReader.MaxSteps, context, cancellationToken);
            if (wrong.Count == 0)
            {
                return (kept!.Value, true);
            }

            // The plan stays as it was shown, and the next question says what is wrong with the change.
            faults = wrong;
        }

        throw new AgentFailedException($"After {MaxRounds} changes the plan still cannot run.") { Code = "plan_invalid" };
    }

    private async Task<(JsonElement? Plan, IReadOnlyList<string> Faults)> CheckedAsync(
        JsonElement? written, JsonElement given, int most, IAgentContext context, CancellationToken cancellationToken)
    {
        if (written is not { } plan)
        {
            return (null, ["There is no JSON object in the answer."]);
        }

        var faults = await context.SideEffectAsync(
            async stop =>
            {
                var report = (await checker.CheckAsync(new PlanDraft { Plan = plan, Input = given }, stop)).Report;
                var calls = PlanReader.Read(plan).Plan is { } read ? PlanCalls.Of(read.Steps).Count() : 0;
                return JsonSerializer.SerializeToElement<string[]>(
                [
                    .. report.Faults.Take(10).Select(static fault => $"{fault.Path}: {fault.Message}"),
                    .. calls > most ? [$"The plan calls {calls} agents; at most {most} are wanted."] : Array.Empty<string>(),
                ]);
            },
            cancellationToken);
        return (plan, [.. faults.EnumerateArray().Select(static each => each.GetString()!)]);
    }

    // A plan neither calls the planner itself nor the runner of plans, and no agent that is not available.
    private static bool Useful(DirectoryAgent agent) =>
        agent.Available && agent.Agent != PlannerCard.Card.FullName() && agent.Agent != WorkflowCard.Card.FullName();
}
