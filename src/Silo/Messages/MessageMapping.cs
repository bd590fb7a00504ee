using System.Text.Json;
using Orkestron.Contracts.Messages;
using Orkestron.Domain.Tasks;

namespace Orkestron.Silo.Messages;

/// <summary>Messages of the grains as agents get them.</summary>
public static class MessageMapping
{
    private static readonly JsonElement Erased = JsonElement.Parse("null");

    /// <summary>A message that a step has taken.</summary>
    public static AgentMessage ToAgentMessage(this MessageView message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new AgentMessage(
            message.Id,
            message.FromStep,
            message.FromRole,
            message.Type,
            message.Content is { } content ? JsonElement.Parse(content.Utf8) : Erased,
            message.TakenAt!.Value);
    }
}
