using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orkestron.Contracts;

namespace Orkestron.Web.Shared.Http;

/// <summary>The JSON options of the public contract, the same for REST, events and hubs.</summary>
internal static class ApiJson
{
    public static readonly JsonSerializerOptions Options = Make();

    /// <summary>Applies the differences from the web defaults.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = JsonText.MaxDepth;
        Describe(options.TypeInfoResolverChain);
        // Responses are JSON and never part of a page, so quotes and non-ASCII characters need no escapes.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }

    // Types without generated metadata use reflection.
    private static void Describe(IList<IJsonTypeInfoResolver> types)
    {
        types.Insert(0, TaskJson.Default);
        if (!types.Any(static each => each is DefaultJsonTypeInfoResolver))
        {
            types.Add(new DefaultJsonTypeInfoResolver());
        }
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
