using System.Buffers;
using System.Text.Json;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Plans.Model;

/// <summary>
/// Fills templates. An object with the one member <c>$ref</c> stands for the value it points to; one with <c>$text</c>, a
/// list, for its parts as one text; one with <c>$literal</c> for what it holds, as it is; everything else stands for itself.
/// </summary>
internal static class PlanTemplate
{
    public const string Reference = "$ref";
    public const string Text = "$text";
    public const string Literal = "$literal";

    public static JsonElement Fill(JsonElement template, PlanScope scope)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, template, scope);
        }

        return JsonSerializer.Deserialize<JsonElement>(buffer.WrittenSpan);
    }

    /// <summary>The one member of an object that is a reference, a text or a literal, or null.</summary>
    public static JsonProperty? Special(JsonElement template)
    {
        if (template.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        JsonProperty? only = null;
        foreach (var member in template.EnumerateObject())
        {
            if (only is not null)
            {
                return null;
            }

            only = member;
        }

        return only is { Name: Reference or Text or Literal } ? only : null;
    }

    public static JsonElement Resolve(string pointer, PlanScope scope) => scope.Find(pointer)
        ?? throw new AgentFailedException($"The plan refers to {pointer}, and there is nothing.") { Code = "plan_reference_empty" };

    private static void Write(Utf8JsonWriter writer, JsonElement template, PlanScope scope)
    {
        if (Special(template) is { } special)
        {
            if (special.Name == Reference)
            {
                Resolve(special.Value.GetString()!, scope).WriteTo(writer);
            }
            else if (special.Name == Literal)
            {
                special.Value.WriteTo(writer);
            }
            else
            {
                writer.WriteStringValue(string.Concat(special.Value.EnumerateArray().Select(part => Plain(Fill(part, scope)))));
            }

            return;
        }

        switch (template.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in template.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, scope);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in template.EnumerateArray())
                {
                    Write(writer, item, scope);
                }

                writer.WriteEndArray();
                break;
            default:
                template.WriteTo(writer);
                break;
        }
    }

    private static string Plain(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
