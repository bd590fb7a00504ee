using System.Text.Json;
using Orkestron.Contracts.Messages;
using Orkestron.Contracts.Providers;
using Orkestron.Workflow;

namespace Orkestron.Sdk.Providers;

// Messages between the steps of a task.
internal sealed partial class RemotePort
{
    public async Task<Recorded> SendAsync(
        string key, MessageTo to, string type, JsonElement payload, CancellationToken cancellationToken)
    {
        Checked(payload);
        await DurableAsync(cancellationToken).ConfigureAwait(false);
        var sent = await link.InvokeAsync<StepMessageResult>(
            ProviderHubNames.Send, () => [new StepSend(step.Ticket, key, to.Text, type, payload)], cancellationToken)
            .ConfigureAwait(false);
        return sent.Failure is { } failure
            ? throw Failed(failure)
            : new Recorded(JsonSerializer.SerializeToElement(sent.MessageId), sent.At!.Value);
    }

    public async Task<AgentMessage?> ReceiveAsync(string key, string? type, CancellationToken cancellationToken)
    {
        await DurableAsync(cancellationToken).ConfigureAwait(false);
        var result = await link.InvokeAsync<StepMessageResult>(
            ProviderHubNames.Receive, () => [new StepReceive(step.Ticket, key, type)], cancellationToken).ConfigureAwait(false);
        return result.Failure is { } failure ? throw Failed(failure) : result.Message;
    }
}
