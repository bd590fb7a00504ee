using System.Collections.Frozen;

namespace Orkestron.Web.Features.Publishing.Wizard;

/// <summary>The headings of the wizard's steps and the labels of its fields.</summary>
internal static class DraftLabels
{
    private static readonly FrozenDictionary<string, string> Fields = new Dictionary<string, string>
    {
        ["provider"] = "Provider name",
        ["name"] = "Agent’s name",
        ["version"] = "Version",
        ["title"] = "Title",
        ["summary"] = "Summary",
        ["skills"] = "Skills",
        ["kind"] = "Kind",
        ["country"] = "Country",
        ["reach"] = "How it is served",
        ["endpoint"] = "Address",
        ["recipient"] = "Who else is sent the input",
        ["plan"] = "Plan",
        ["input"] = "Input schema",
        ["output"] = "Output schema",
        ["exampleTitle"] = "Title of the example",
        ["example"] = "Example input",
        ["perCall"] = "Price per run",
        ["perThousand"] = "Price by size",
        ["callBudget"] = "Held for calls",
        ["maxConcurrency"] = "Runs at once",
        ["timeoutSeconds"] = "Time of a run",
        ["maxInputBytes"] = "Largest input",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The headings, one for each step.</summary>
    public static IReadOnlyList<string> Headings { get; } = ["Description", "Input and output", "Price"];

    /// <summary>The label of a field of the draft; <c>The agent</c> for none of them.</summary>
    public static string Of(string field) => Fields.GetValueOrDefault(field, "The agent");
}
