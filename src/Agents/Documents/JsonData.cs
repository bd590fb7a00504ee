using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orkestron.Agents.Common;

namespace Orkestron.Agents.Documents;

/// <summary>Reads JSON strictly and writes it indented.</summary>
internal static class JsonData
{
    /// <summary>The most levels of a document of data.</summary>
    public const int MaxDepth = 60;

    // The answer is JSON and is shown as text: there is no need to escape for HTML.
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
            throw DocumentFault.At("JSON", (e.LineNumber ?? 0) + 1, Why(e));
        }
    }

    /// <summary>Reads JSON, or one value a line (JSON Lines) as a list.</summary>
    /// <param name="json">The document.</param>
    /// <param name="lines">Whether it is JSON Lines; null to find out.</param>
    /// <param name="warnings">Gets a warning when JSON Lines were found.</param>
    public static JsonNode? Read(string json, bool? lines, List<string> warnings)
    {
        if (lines != true && (lines == false || !LooksLikeLines(json)))
        {
            return Read(json);
        }

        var list = new JsonArray();
        var number = 0;
        foreach (var line in json.Split('\n'))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                list.Add(Line(line, number));
            }
        }

        if (lines is null)
        {
            warnings.Add($"The document has one JSON value a line (JSON Lines): the {list.Count} values are read as a list.");
        }

        return list;
    }

    /// <summary>Writes the items of a list, or the one value, a line each.</summary>
    public static string WriteLines(JsonNode? node) =>
        string.Concat(
            (node is JsonArray items ? [
                .. items,
            ] : new List<JsonNode?> { node }).Select(static item => (item?.ToJsonString(Compact) ?? "null") + "\n"));

    // The first line is a value by itself, and another line follows it.
    private static bool LooksLikeLines(string json)
    {
        var lines = json.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length < 2 || lines[0][0] is not ('{' or '[' or '"'))
        {
            return false;
        }

        try
        {
            using var first = JsonDocument.Parse(lines[0], new JsonDocumentOptions { MaxDepth = MaxDepth });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonNode? Line(string line, int number)
    {
        try
        {
            return JsonNode.Parse(
                line, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth - 1, AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw DocumentFault.At("JSON Lines", number, Why(e));
        }
    }

    private static string Why(JsonException e)
    {
        var why = e.Message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0];
        return TextCut.Head(why, 300);
    }

    public static string Write(JsonNode? node) => (node?.ToJsonString(Indented) ?? "null") + "\n";
}
