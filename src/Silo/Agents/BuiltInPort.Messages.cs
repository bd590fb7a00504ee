using System.Text.Json;
using Orkestron.Contracts.Messages;
using Orkestron.Domain.Tasks;
using Orkestron.Silo.Messages;
using Orkestron.Workflow;

namespace Orkestron.Silo.Agents;

// Messages between the steps of a task.
internal sealed partial class BuiltInPort
{
    public async Task<Recorded> SendAsync(
        string key, MessageTo to, string type, JsonElement payload, CancellationToken cancellationToken)
    {
        var command = new SendMessage(work.StepId, key, to.Text, type, Json(payload)) { Attempt = work.Attempt };
        var sent = await retry.SendAsync(() => task.SendAsync(command), cancellationToken);
        return sent.Failure is { } failure
            ? throw Failed(failure)
            : new Recorded(JsonSerializer.SerializeToElement(sent.MessageId), sent.At);
    }

    public async Task<AgentMessage?> ReceiveAsync(string key, string? type, CancellationToken cancellationToken)
    {
        var command = new ReceiveMessage(work.StepId, key, type, Waits: true) { Attempt = work.Attempt };
        var result = await retry.SendAsync(() => task.ReceiveAsync(command), cancellationToken);
        if (result.Failure is { } failure)
        {
            throw Failed(failure);
        }

        return result.Message?.ToAgentMessage();
    }
}
