using Orkestron.Contracts;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Schemas;

namespace Orkestron.Domain.Tasks;

/// <summary>Whether a task is taken, at what price and hold.</summary>
/// <param name="Refusal">Why not; null when taken.</param>
/// <param name="PriceMicro">What the root step costs.</param>
/// <param name="HeldMicro">What is set aside.</param>
/// <param name="Deadline">When it fails if it has not ended.</param>
/// <param name="WorkTime">How long it may work before that; null when its submitter gave the deadline.</param>
internal readonly record struct TaskAdmission(
    Refusal? Refusal, long PriceMicro, long HeldMicro, DateTimeOffset Deadline, TimeSpan? WorkTime = null)
{
    /// <summary>What the agent gets to see of the input, and what not; null when refused.</summary>
    public CheckedValue? Input { get; init; }

    /// <summary>Checks size, schema, budget and deadline. Pure.</summary>
    public static TaskAdmission Check(SubmitTask command, AgentManifest agent, DateTimeOffset now, TaskOptions options)
    {
        if (command.Input.Length > agent.MaxInputBytes)
        {
            return No(RefusalCode.TooLarge,
                $"The input has {command.Input.Length:N0} bytes; {agent.Key} takes at most {agent.MaxInputBytes:N0}.");
        }

        var input = SchemaCheck.Declared(agent.InputSchema, command.Input);
        if (!input.Errors.IsEmpty)
        {
            return new(
                new Refusal(RefusalCode.InputInvalid, $"The input does not fit the schema of {agent.Key}: {input.Sentence}")
                { Errors = input.Errors },
                0, 0, default);
        }

        var given = command.Deadline is not null || command.TimeLimit is not null;
        var left = command.Deadline is { } at ? at - now : command.TimeLimit ?? options.MaxWaiting;
        if (given && (left <= TimeSpan.Zero || left > options.MaxDeadline))
        {
            return No(RefusalCode.DeadlineInvalid,
                $"The deadline lies in the future, at most {options.MaxDeadline.TotalDays:0.##} days away.");
        }

        var price = agent.Price.QuoteMicro(command.Input.Length);
        var hold = agent.Price.HoldMicro(command.Input.Length);
        if (Dearer(command, agent, price, Math.Min(hold, command.BudgetMicro ?? hold)) is { } dearer)
        {
            return new(dearer, 0, 0, default);
        }

        if (command.BudgetMicro is { } budget)
        {
            if (budget < price)
            {
                return No(RefusalCode.BudgetTooSmall,
                    $"The agent's price for this input is {new Tokens(price)} tokens; the budget is {new Tokens(budget)}.");
            }

            hold = Math.Min(agent.Price.MostHeldMicro(command.Input.Length), budget);
        }

        return new(null, price, hold, command.Deadline ?? now + left, given ? null : options.DefaultDeadline) { Input = input };
    }

    /// <summary>A refusal when the run costs more than was agreed to, or than its user was told when nothing was said.</summary>
    private static Refusal? Dearer(SubmitTask command, AgentManifest agent, long price, long hold)
    {
        var told = command is { BudgetMicro: null, AgreedPriceMicro: null, AgreedHoldMicro: null } ? agent.Quoted : null;
        var agreedPrice = command.AgreedPriceMicro ?? told?.QuoteMicro(command.Input.Length);
        var agreedHold = command.AgreedHoldMicro ?? told?.HoldMicro(command.Input.Length);
        var (what, before, now) = price > agreedPrice ? ("price", agreedPrice.Value, price) : ("hold", agreedHold ?? hold, hold);
        return now <= before
            ? null
            : new Refusal(
                RefusalCode.PriceChanged,
                $"{agent.Key} {(what == "price" ? "costs" : "may cost")} {new Tokens(now)} tokens for this input now; you agreed to "
                    + $"{new Tokens(before)}. Nothing was run and nothing is held. Look at the new price and send it again to agree.")
            {
                Errors = [new(what == "price" ? "/agreedPrice" : "/agreedHold", $"It was {new Tokens(before)}, it is {new Tokens(now)}.")],
            };
    }

    /// <summary>The first events of a task that is taken.</summary>
    public IReadOnlyList<TaskEvent> Events(SubmitTask command, AgentManifest agent, Guid holdId, string requestHash, TaskOptions options) =>
    [
        new TaskSubmitted(
            command.UserId, agent.Key, agent.Version, HeldMicro, holdId, Deadline, requestHash, WorkTime, options.FeeBasisPoints,
            command.Terms?.OrNull())
        { Content = command.Input },
        .. command.RetryFrom is { } from ? [new TaskContinues(from.TaskId, from.StepId)] : Array.Empty<TaskEvent>(),
        new StepRequested(1, null, null, agent.Key, agent.Version, PriceMicro, agent.KeepsInside, agent.Recipient),
        .. StepTrimmed.Of(1, Input!),
    ];

    private static TaskAdmission No(RefusalCode code, string detail) => new(Refuse.With(code, detail), 0, 0, default);
}
