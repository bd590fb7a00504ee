using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orkestron.Contracts;

/// <summary>Writes tokens as a decimal string; reads a string, or a number as people write it.</summary>
public sealed class TokensJsonConverter : JsonConverter<Tokens>
{
    public override Tokens Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => reader.GetDecimal().ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => null,
        };
        return Tokens.TryParse(text, out var tokens)
            ? tokens
            : throw new JsonException("An amount is a decimal string of tokens with at most six places, like \"0.25\".");
    }

    public override void Write(Utf8JsonWriter writer, Tokens value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
