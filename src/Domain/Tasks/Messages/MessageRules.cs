using System.Text.RegularExpressions;
using Orkestron.Contracts.Messages;

namespace Orkestron.Domain.Tasks;

/// <summary>
/// What follows from a step's sending or taking a message. Messages go between a step and the one that called it, and between
/// those that one step called; each is taken once. Pure.
/// </summary>
internal static partial class MessageRules
{
    /// <summary>A step sends: the facts, none when it was sent before.</summary>
    public static (IReadOnlyList<TaskEvent> Facts, StepFailure? Failure) Send(
        TaskRecord task, SendMessage command, TaskOptions options)
    {
        if (Stands(task, command.StepId, command.Attempt, command.Key, HistoryKind.Sent, "a message sent") is { } failure)
        {
            return ([], failure);
        }

        var sender = task.Step(command.StepId)!;
        if (sender.History.ContainsKey(command.Key))
        {
            var sent = task.Messages.Find(each => each.Id == StepMessage.IdOf(command.StepId, command.Key))!.Sent;
            return sent.To == command.To && sent.MessageType == command.Type
                ? ([], null)
                : ([], HistoryRules.Mismatch(
                    command.Key, $"a message '{sent.MessageType}' to {sent.To}", $"another one, to {StepFailures.Short(command.To)}"));
        }

        if (Refuse(task, sender, command, options) is { } refused)
        {
            return ([], refused);
        }

        var to = Address(command.To);
        var fact = new StepSent(
            sender.Id,
            command.Key,
            to.Text,
            StepOf(to, sender),
            command.Type,
            [.. TaskArtifacts.Given(command.Content).Distinct()])
        {
            Content = command.Content,
        };
        foreach (var step in task.Steps)
        {
            if (Listening(task, step, fact) is { } place)
            {
                return ([fact, new StepReceived(step.Id, place, StepMessage.IdOf(sender.Id, command.Key))], null);
            }
        }

        return ([fact], null);
    }

    /// <summary>A step takes: the facts, none when it stands at the place what stood there before.</summary>
    public static (IReadOnlyList<TaskEvent> Facts, StepFailure? Failure) Receive(
        TaskRecord task, ReceiveMessage command, TaskOptions options)
    {
        if (Stands(task, command.StepId, command.Attempt, command.Key, HistoryKind.Message, "the taking of a message") is { } failure)
        {
            return ([], failure);
        }

        var taker = task.Step(command.StepId)!;
        if (taker.History.ContainsKey(command.Key))
        {
            return ([], null);
        }

        if (command.Type is { } type && !Type().IsMatch(type))
        {
            return ([], TypeInvalid());
        }

        if (HistoryRules.TooMany(task, options) is { } many)
        {
            return ([], many);
        }

        var listens = new StepListens(taker.Id, command.Key, command.Type);
        return task.Messages.Find(message => message.TakenBy is null && IsFor(task, taker, message.Sent)
            && (command.Type is null || command.Type == message.Sent.MessageType)) is { } waiting
            ? ([listens, new StepReceived(taker.Id, command.Key, waiting.Id)], null)
            : ([listens], null);
    }

    /// <summary>What a step has taken at a place; null while there is none.</summary>
    public static StepMessage? At(TaskRecord task, int stepId, string key) =>
        task.Step(stepId)?.History.GetValueOrDefault(key)?.MessageId is { } id ? task.Messages.Find(each => each.Id == id) : null;

    private static StepFailure? Refuse(TaskRecord task, StepRecord sender, SendMessage command, TaskOptions options)
    {
        if (!Type().IsMatch(command.Type))
        {
            return TypeInvalid();
        }

        if (command.Content.Length > options.MaxMessageBytes)
        {
            return StepFailures.Of("message_too_large", $"A message has at most {options.MaxMessageBytes:N0} bytes. Make a file of more, and name it.");
        }

        if (TaskBytes.Refuse(task, command.Content.Length, options) is { } full)
        {
            return full;
        }

        if (task.Messages.Count >= options.MaxMessages)
        {
            return StepFailures.Of("too_many_messages", $"The steps of a task send at most {options.MaxMessages} messages.");
        }

        if (!MessageTo.TryParse(command.To, out var to))
        {
            return StepFailures.Of("recipient_invalid", "A message is for the parent, a step's number or a role.");
        }

        if (to.RoleName is null)
        {
            if (StepOf(to, sender) is not { } stepId || task.Step(stepId) is not { } step || !Related(sender, step))
            {
                return StepFailures.Of(
                    "recipient_not_found", "A message goes to the step that called this one, to one that it called, or to one that the same step called.");
            }

            if (step.Ended)
            {
                return StepFailures.Of("recipient_ended", $"Step {step.Id} has ended: it takes no more messages.");
            }
        }

        return HistoryRules.TooMany(task, options) ?? TaskArtifacts.RefuseToPass(task, sender, command.Content);
    }

    private static StepFailure? Stands(TaskRecord task, int stepId, int? attempt, string key, HistoryKind kind, string asked)
    {
        if (task.Ended || task.Step(stepId) is not { } step || !step.IsAt(attempt))
        {
            return StepFailures.StepEnded;
        }

        if (step.IsScopeCanceled(key))
        {
            return HistoryRules.ScopeCanceled;
        }

        if (!HistoryRules.IsKey(key))
        {
            return StepFailures.Of("invalid", "A place is named by numbers and dots, at most 200 characters.");
        }

        if (step.History.TryGetValue(key, out var known) && known.Kind != kind)
        {
            return HistoryRules.Mismatch(key, HistoryRules.Word(known.Kind), asked);
        }

        return task.Child(stepId, key) is { } child ? HistoryRules.Mismatch(key, $"a call of {child.Request.Agent}", asked) : null;
    }

    /// <summary>The place at which a step waits for this message; null when it does not.</summary>
    private static string? Listening(TaskRecord task, StepRecord step, StepSent sent) => step.Outstanding && IsFor(task, step, sent)
        ? step.History.Where(entry => entry.Value is { Kind: HistoryKind.Message, Open: true }
                && (entry.Value.Listens is null || entry.Value.Listens == sent.MessageType))
            .OrderBy(static entry => entry.Value.At).Select(static entry => entry.Key).FirstOrDefault()
        : null;

    /// <summary>The step that an address names; null for a role.</summary>
    private static int? StepOf(MessageTo to, StepRecord sender) => to == MessageTo.Parent ? sender.Request.ParentId : to.StepId;

    private static bool IsFor(TaskRecord task, StepRecord step, StepSent sent)
    {
        if (sent.ToStepId is { } id)
        {
            return id == step.Id;
        }

        return step.Role == Address(sent.To).RoleName && Related(task.Step(sent.StepId)!, step);
    }

    private static bool Related(StepRecord one, StepRecord other) => one.Id != other.Id
        && (one.Request.ParentId == other.Id || other.Request.ParentId == one.Id
            || (one.Request.ParentId is { } parent && other.Request.ParentId == parent));

    private static MessageTo Address(string text) =>
        MessageTo.TryParse(text, out var to) ? to : throw new InvalidOperationException($"'{text}' is no address.");

    private static StepFailure TypeInvalid() => StepFailures.Of(
        "message_type_invalid", "A message's type has 1 to 60 lower-case letters, digits and _ . - in it.");

    [GeneratedRegex("^[a-z0-9][a-z0-9_.-]{0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex Type();
}
