using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orkestron.Agents.Documents;

/// <summary>Reads JSON strictly and writes it indented.</summary>
internal static class JsonData
{
    /// <summary>The most levels of a document of data.</summary>
    public const int MaxDepth = 60;

    // The answer is itself written as JSON and shown as text: no need to escape what HTML would mind.
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonNode? Read(string json)
    {
        try
        {
            return JsonNode.Parse(
                json,
                documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            var why = e.Message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0];
            throw DocumentFault.At("JSON", (e.LineNumber ?? 0) + 1, why.Length <= 300 ? why : why[..300]);
        }
    }

    public static string Write(JsonNode? node) => (node?.ToJsonString(Indented) ?? "null") + "\n";
}
