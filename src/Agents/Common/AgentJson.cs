using System.Text.Json;
using System.Text.Json.Serialization;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Common;

/// <summary>How inputs are read and answers written.</summary>
internal static class AgentJson
{
    /// <summary>Camel case, enums as words, no null members.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower),
            new IntegerJsonConverter<int>(),
            new IntegerJsonConverter<long>(),
        },
    };

    /// <summary>Parses a literal of this assembly.</summary>
    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public static JsonElement Answer<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    /// <summary>Reads an input; the platform has checked it against the schema, a direct caller perhaps not.</summary>
    /// <exception cref="AgentRefusedException">It has another shape.</exception>
    public static T Read<T>(JsonElement input)
        where T : class
    {
        try
        {
            return input.Deserialize<T>(Options) ?? throw Refuse("null");
        }
        catch (JsonException e)
        {
            throw Refuse(e.Path ?? "$");
        }

        static AgentRefusedException Refuse(string where) =>
            new($"The input does not fit the agent's input schema at {where}.") { Code = "invalid_input" };
    }
}
