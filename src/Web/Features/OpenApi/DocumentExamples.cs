using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.OpenApi;

/// <summary>Adds an example to each request body and response.</summary>
internal static class DocumentExamples
{
    private const string Json = "application/json";

    public static void Apply(OpenApiDocument document)
    {
        var examples = new ExampleValues(document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>());
        foreach (var operation in document.Operations())
        {
            foreach (var (type, media) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                Set(media, type, null, examples);
            }

            foreach (var (status, answer) in operation.Responses ?? [])
            {
                foreach (var (type, media) in answer.Content ?? new Dictionary<string, OpenApiMediaType>())
                {
                    Set(media, type, status, examples);
                }
            }
        }
    }

    private static void Set(OpenApiMediaType media, string type, string? status, ExampleValues examples)
    {
        if (type == Problems.ContentType)
        {
            media.Example ??= ExampleValues.ProblemOf(status ?? "400");
        }
        else if (type == Json)
        {
            // An example for any JSON value; an empty object would be left out of the document.
            var example = media.Schema is { } schema ? examples.Of(schema, sent: status is null) : null;
            media.Example ??= example is null or JsonObject { Count: 0 } ? ExampleValues.AnyValue() : example;
        }
    }
}
