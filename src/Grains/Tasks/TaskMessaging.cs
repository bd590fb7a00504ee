using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tasks;

/// <summary>Messages between the steps of a task.</summary>
internal sealed class TaskMessaging(TaskContext context, TaskIdling idling, TaskProgress progress)
{
    private const int MessagesAtOnce = 100;
    private readonly MessageWaiters _waiters = new(context.Clock);

    /// <summary>Sends a message of a step, once under its key.</summary>
    public async Task<SendResult> SendAsync(SendMessage command)
    {
        var (facts, failure) = MessageRules.Send(context.Record, command, context.Options);
        if (failure is not null)
        {
            return new SendResult(null, default, failure);
        }

        await RecordAsync(facts);
        var id = StepMessage.IdOf(command.StepId, command.Key);
        return new SendResult(id, context.Record.Messages.Find(each => each.Id == id)!.SentAt, null);
    }

    /// <summary>Takes the next message for a step, once under its key.</summary>
    public async Task<ReceiveResult> ReceiveAsync(ReceiveMessage command)
    {
        var (facts, failure) = MessageRules.Receive(context.Record, command, context.Options);
        if (failure is not null)
        {
            return new ReceiveResult(null, failure);
        }

        await RecordAsync(facts);
        if (command.Waits && MessageRules.At(context.Record, command.StepId, command.Key) is null)
        {
            await _waiters.WaitAsync(command.StepId, command.Key, context.Options.MaxWait);
            await context.Log.DurableAsync();
        }

        return new ReceiveResult(MessageRules.At(context.Record, command.StepId, command.Key)?.View(context.Record), null);
    }

    /// <summary>A page of the messages, for the task's owner.</summary>
    public async Task<Outcome<MessagePage>> PageAsync(Guid userId, string? after, int limit)
    {
        if (!context.IsOwnedBy(userId))
        {
            return TaskContext.NotFound();
        }

        await context.Log.DurableAsync();
        var task = context.Record;
        limit = Math.Clamp(limit, 1, MessagesAtOnce);
        var from = after is null ? 0 : task.Messages.FindIndex(message => message.Id == after) + 1;
        if (after is not null && from == 0)
        {
            return Refuse.With(
                RefusalCode.Invalid, "after: This is no message of this task. Send the 'next' of the page before, or leave it out.");
        }

        var items = task.Messages.Skip(from).Take(limit).Select(message => message.View(task)).ToImmutableArray();
        return new MessagePage(
            items,
            [.. task.Steps.Select(static step => new StepName(step.Id, step.Request.Agent, step.Role))],
            from + items.Length < task.Messages.Count);
    }

    /// <summary>This activation is to be dropped: those that wait ask the next one.</summary>
    public void Abandon() => _waiters.ReleaseAll();

    private async Task RecordAsync(IReadOnlyList<TaskEvent> facts)
    {
        if (facts.Count == 0)
        {
            await context.Log.DurableAsync();
            return;
        }

        await context.AppendAsync(facts, task => idling.RowOf(task, listed: false));
        foreach (var received in facts.OfType<StepReceived>())
        {
            if (!_waiters.Notify(received.StepId, received.Key)
                && context.Record.Step(received.StepId) is { State: StepState.Waiting })
            {
                await progress.WakeAsync();
            }
        }
    }
}
