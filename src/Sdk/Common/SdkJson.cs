using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orkestron.Contracts;

namespace Orkestron.Sdk.Common;

/// <summary>JSON settings of agents' inputs and outputs, and of the platform's API: camelCase, enumerations as strings.</summary>
internal static class SdkJson
{
    /// <summary>For the platform's own messages.</summary>
    public static JsonSerializerOptions Wire { get; } = Make(static _ => { });

    /// <summary>For schemas of inputs and outputs.</summary>
    public static JsonSerializerOptions Schemas { get; } = Make(Strict);

    /// <summary>For inputs and outputs: unknown members are errors; 2.0 is an integer, as in JSON Schema.</summary>
    public static JsonSerializerOptions Agents { get; } = Make(static options =>
    {
        Strict(options);
        options.Converters.Add(new IntegerJsonConverter<int>());
        options.Converters.Add(new IntegerJsonConverter<long>());
    });

    private static void Strict(JsonSerializerOptions options)
    {
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
    }

    private static JsonSerializerOptions Make(Action<JsonSerializerOptions> more)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        more(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>Sets what differs from the web defaults.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }
}
