using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Messages;

namespace Orkestron.Grains.Tasks;

// What steps tell each other.
internal sealed partial class TaskGrain
{
    private const int MessagesAtOnce = 100;
    private readonly Receivers _receivers;

    public async Task<SendResult> SendAsync(SendMessage command)
    {
        var (facts, failure) = MessageRules.Send(Record, command, _options);
        if (failure is not null)
        {
            return new SendResult(null, default, failure);
        }

        await RecordAsync(facts);
        var id = StepMessage.IdOf(command.StepId, command.Key);
        return new SendResult(id, Record.Messages.Find(each => each.Id == id)!.SentAt, null);
    }

    public async Task<ReceiveResult> ReceiveAsync(ReceiveMessage command)
    {
        var (facts, failure) = MessageRules.Receive(Record, command, _options);
        if (failure is not null)
        {
            return new ReceiveResult(null, failure);
        }

        await RecordAsync(facts);
        if (command.Waits && MessageRules.At(Record, command.StepId, command.Key) is null)
        {
            await _receivers.WaitAsync(command.StepId, command.Key, _options.MaxWait);
            await _log.DurableAsync();
        }

        return new ReceiveResult(MessageRules.At(Record, command.StepId, command.Key)?.View(Record), null);
    }

    public async Task<Outcome<MessagePage>> MessagesAsync(Guid userId, string? after, int limit)
    {
        if (!Owned(userId))
        {
            return NotFound();
        }

        await _log.DurableAsync();
        limit = Math.Clamp(limit, 1, MessagesAtOnce);
        var from = after is null ? 0 : Record.Messages.FindIndex(message => message.Id == after) + 1;
        if (after is not null && from == 0)
        {
            return Domain.Refuse.With(
                RefusalCode.Invalid, "after: This is no message of this task. Send the 'next' of the page before, or leave it out.");
        }

        var items = Record.Messages.Skip(from).Take(limit).Select(message => message.View(Record)).ToImmutableArray();
        return new MessagePage(
            items,
            [.. Record.Steps.Select(static step => new StepName(step.Id, step.Request.Agent, step.Role))],
            from + items.Length < Record.Messages.Count);
    }

    private async Task RecordAsync(IReadOnlyList<TaskEvent> facts)
    {
        if (facts.Count == 0)
        {
            await _log.DurableAsync();
            return;
        }

        await _log.AppendAsync(facts, task => RowOf(task, listed: false));
        _pulse.Ring();
        foreach (var received in facts.OfType<StepReceived>())
        {
            if (!_receivers.Tell(received.StepId, received.Key)
                && Record.Step(received.StepId) is { State: Domain.Tasks.StepState.Waiting })
            {
                await WakeAsync();
            }
        }
    }
}
