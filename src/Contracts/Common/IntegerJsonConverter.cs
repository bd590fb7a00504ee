using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orkestron.Contracts;

/// <summary>
/// Reads integers as JSON Schema means them: 2.0 and 1e2 are integers, too. Add one for each type of integer that is read.
/// </summary>
/// <typeparam name="T">The type of integer.</typeparam>
public sealed class IntegerJsonConverter<T> : JsonConverter<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var value) && value == decimal.Truncate(value)
            && value >= decimal.CreateChecked(T.MinValue) && value <= decimal.CreateChecked(T.MaxValue))
        {
            return T.CreateChecked(value);
        }

        throw new JsonException($"A whole number from {T.MinValue.ToString(null, CultureInfo.InvariantCulture)} to {T.MaxValue.ToString(null, CultureInfo.InvariantCulture)} is expected.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(decimal.CreateChecked(value));
}
