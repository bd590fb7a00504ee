using System.Buffers;
using System.Text.Json;
using Orkestron.Contracts.Tasks;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Tasks.Mapping;

/// <summary>Maps updates of grains to events of the API, and micro-tokens to tokens.</summary>
internal static class TaskEventMapping
{
    private const string Micro = "Micro";

    public static TaskEvent ToEvent(this TaskUpdate update) =>
        new(update.Sequence, update.At, update.Type, update.StepId, Data(update.Data), update.Transient);

    /// <summary>Turns <c>{"heldMicro":250000}</c> into <c>{"held":"0.25"}</c>; other members are unchanged.</summary>
    private static JsonElement Data(Payload payload)
    {
        var data = payload.ToElement();
        if (data.ValueKind != JsonValueKind.Object || !data.EnumerateObject().Any(IsAmount))
        {
            return data;
        }

        var buffer = new ArrayBufferWriter<byte>(payload.Length);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var property in data.EnumerateObject())
            {
                if (IsAmount(property))
                {
                    writer.WriteString(property.Name[..^Micro.Length], new Tokens(property.Value.GetInt64()).ToString());
                }
                else
                {
                    property.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static bool IsAmount(JsonProperty property) =>
        property.Value.ValueKind == JsonValueKind.Number && property.Name.EndsWith(Micro, StringComparison.Ordinal);
}
