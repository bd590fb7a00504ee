using System.Text.Json;
using Orkestron.Contracts.Messages;
using Orkestron.Domain.Tasks;

namespace Orkestron.Silo.Messages;

/// <summary>Converts messages for agents.</summary>
public static class MessageMapping
{
    private static readonly JsonElement Erased = JsonElement.Parse("null");

    /// <summary>A received message.</summary>
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
