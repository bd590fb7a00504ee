using Microsoft.AspNetCore.SignalR;
using Orkestron.Contracts.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Silo.Messages;

namespace Orkestron.Web.Features.Providers;

/// <summary>Messages that steps in processes of providers send and receive.</summary>
internal sealed class ProviderMessages(IGrainFactory grains)
{
    private const int MaxAddress = 120;
    private const int MaxType = 60;

    /// <exception cref="HubException">The message is malformed.</exception>
    public async Task<StepMessageResult> SendAsync(StepTicket ticket, StepSend send)
    {
        if (send is not { Key.Length: > 0 and <= ProviderHistory.MaxKey, To.Length: > 0 and <= MaxAddress, Type.Length: > 0 and <= MaxType }
            || send.Content.ValueKind == System.Text.Json.JsonValueKind.Undefined)
        {
            throw new HubException("invalid: A message has a key, an address (to), a type and a content.");
        }

        var sent = await grains.Get<ITaskStepsGrain>(ticket.Step.TaskId).SendAsync(
            new SendMessage(ticket.Step.StepId, send.Key, send.To, send.Type, send.Content.ToValidPayload())
            {
                Attempt = ticket.Step.Attempt,
            });
        return new StepMessageResult(
            sent.MessageId, sent.MessageId is null ? null : sent.At, null, sent.Failure?.ToAgentFailure());
    }

    /// <exception cref="HubException">The request is malformed.</exception>
    public async Task<StepMessageResult> ReceiveAsync(ProviderConnection connection, StepTicket ticket, StepReceive receive)
    {
        if (receive is not { Key.Length: > 0 and <= ProviderHistory.MaxKey, Type: null or { Length: <= MaxType } })
        {
            throw new HubException("invalid: To receive a message, send a key and, if you want, a type.");
        }

        // A connection processes a limited number of requests at a time, and answers must not wait for messages: a few requests
        // may wait for a message, further ones return at once.
        var waits = connection.EnterReceive();
        ReceiveResult result;
        try
        {
            result = await grains.Get<ITaskStepsGrain>(ticket.Step.TaskId).ReceiveAsync(
                new ReceiveMessage(ticket.Step.StepId, receive.Key, receive.Type, waits) { Attempt = ticket.Step.Attempt });
        }
        finally
        {
            connection.LeaveReceive(waits);
        }

        return result.Message is { } message
            ? new StepMessageResult(message.Id, message.TakenAt, message.ToAgentMessage(), null)
            : new StepMessageResult(null, null, null, result.Failure?.ToAgentFailure());
    }
}
