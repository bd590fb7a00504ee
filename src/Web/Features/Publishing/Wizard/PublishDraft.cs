using System.Globalization;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Web.Shared.Forms;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Publishing.Wizard;

/// <summary>
/// The content of the publish wizard exactly as entered: a text for each field. It travels in the form from step to step and is
/// checked as a whole before it is published. Pure.
/// </summary>
public sealed class PublishDraft
{
    /// <summary>The fields of each step.</summary>
    public static readonly string[][] Steps =
    [
        ["provider", "name", "version", "title", "summary", "skills", "kind", "country", "reach", "endpoint", "recipient"],
        ["plan", "input", "output", "exampleTitle", "example"],
        ["perCall", "perThousand", "callBudget", "maxConcurrency", "timeoutSeconds", "maxInputBytes"],
    ];

    /// <summary>A hidden field: the examples of the previous version except the first.</summary>
    public const string MoreExamples = "moreExamples";

    /// <summary>How an agent is served: by a process of the provider, over HTTP, or as a plan.</summary>
    public static readonly string[] Reaches = ["process", "http", "plan"];

    private const int MaxText = 400_000;

    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        ["version"] = "1.0.0",
        ["kind"] = "worker",
        ["reach"] = "process",
        ["exampleTitle"] = "An example",
        ["perCall"] = "0.01",
        ["perThousand"] = "0",
        ["callBudget"] = "0",
        ["maxConcurrency"] = "4",
        ["timeoutSeconds"] = "120",
        ["maxInputBytes"] = "262144",
        ["input"] = """
            {
              "type": "object",
              "required": ["text"],
              "properties": {
                "text": { "type": "string", "title": "Text", "description": "What to work on.", "maxLength": 20000 }
              }
            }
            """.ReplaceLineEndings("\n"),
        ["output"] = """
            {
              "type": "object",
              "required": ["text"],
              "properties": {
                "text": { "type": "string", "title": "Answer" }
              }
            }
            """.ReplaceLineEndings("\n"),
        ["example"] = """
            { "text": "Good morning." }
            """,
        ["plan"] = """
            steps:
              - id: short
                call: orkestron/summariser
                input:
                  text: { $ref: /input/text }
            output:
              text: { $ref: /steps/short/summary }
            """.ReplaceLineEndings("\n"),
    };

    private readonly Dictionary<string, string> _text;

    private PublishDraft(Dictionary<string, string> text) => _text = text;

    /// <summary>The text of a field; empty when it has none.</summary>
    public string this[string field] => _text.GetValueOrDefault(field, "");

    public string Key => $"{this["provider"]}/{this["name"]}";

    public bool IsPlan => this["reach"] == "plan";

    public bool IsHttp => this["reach"] == "http";

    /// <summary>A new draft with the defaults.</summary>
    public static PublishDraft Empty(string? provider) =>
        new(new Dictionary<string, string>(Defaults, StringComparer.Ordinal) { ["provider"] = provider ?? "" });

    /// <summary>The draft that a browser posted, with line ends normalised and single lines trimmed.</summary>
    public static PublishDraft Of(IFormCollection form)
    {
        var text = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in Steps.SelectMany(static step => step).Append(MoreExamples))
        {
            var value = form[field].ToString().ReplaceLineEndings("\n");
            text[field] = value.Length > MaxText ? value[..MaxText] : value.Contains('\n', StringComparison.Ordinal) ? value : value.Trim();
        }

        text["country"] = text["country"].ToUpperInvariant();
        return new PublishDraft(text);
    }

    /// <summary>The draft of a new version of a published agent.</summary>
    public static PublishDraft Of(AgentManifest manifest, string version, Payload? plan)
    {
        var first = manifest.Examples.IsEmpty ? null : manifest.Examples[0];
        return new(new Dictionary<string, string>(Defaults, StringComparer.Ordinal)
        {
            ["provider"] = manifest.Provider,
            ["name"] = manifest.Name,
            ["version"] = version,
            ["title"] = manifest.Title,
            ["summary"] = manifest.Summary,
            ["skills"] = string.Join(", ", manifest.Skills),
            ["kind"] = manifest.Kind,
            ["country"] = manifest.Country,
            ["reach"] = manifest.Transport switch
            {
                AgentTransports.Http => "http",
                AgentTransports.Plan => "plan",
                _ => "process",
            },
            ["endpoint"] = manifest.Endpoint ?? "",
            ["recipient"] = manifest.Recipient ?? "",
            ["plan"] = plan is null ? Defaults["plan"] : FormJson.Indented(plan.ToString()),
            ["input"] = FormJson.Indented(manifest.InputSchema.ToString()),
            ["output"] = FormJson.Indented(manifest.OutputSchema.ToString()),
            ["exampleTitle"] = first?.Title ?? Defaults["exampleTitle"],
            ["example"] = first is null ? "" : FormJson.Indented(first.Input.ToString()),
            [MoreExamples] = manifest.Examples.Length < 2 ? "" : JsonSerializer.Serialize(
                manifest.Examples.Skip(1).Select(static each => new AgentExample(each.Title, each.Input.ToElement())), ApiJson.Options),
            ["perCall"] = Tokens(manifest.Price.PerCallMicro),
            ["perThousand"] = Tokens(manifest.Price.PerThousandMicro),
            ["callBudget"] = Tokens(manifest.Price.CallBudgetMicro),
            ["maxConcurrency"] = manifest.MaxConcurrency.ToString(CultureInfo.InvariantCulture),
            ["timeoutSeconds"] = manifest.Timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture),
            ["maxInputBytes"] = manifest.MaxInputBytes.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>A copy with another text in a field.</summary>
    public PublishDraft With(string field, string text) =>
        new(new Dictionary<string, string>(_text, StringComparer.Ordinal) { [field] = text });

    /// <summary>The fields of the other steps, to be posted as hidden fields.</summary>
    public IEnumerable<(string Name, string Value)> HiddenFields(int step) => Steps
        .Where((_, index) => index != step)
        .SelectMany(static fields => fields)
        .Append(MoreExamples)
        .Select(field => (field, this[field]));

    private static string Tokens(long micro) => new Contracts.Tokens(micro).ToString();
}
