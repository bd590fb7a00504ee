using System.Collections.Immutable;
using System.Text.Json;

namespace Orkestron.Web.Shared.Forms;

/// <summary>One field of a run form, with the value to show.</summary>
public sealed record FormField
{
    /// <summary>What names the field's controls; a JSON Pointer into the input, but for the rows of a map.</summary>
    public required string Path { get; init; }

    /// <summary>Where its value stands in the input, as a JSON Pointer; empty for the whole.</summary>
    public string Pointer { get => field ?? Path; init; }

    /// <summary>Its name within the object that it belongs to; the name of a map's row as typed.</summary>
    public string Member { get; init; } = "";

    public required string Label { get; init; }

    public string? Help { get; init; }

    /// <summary>What it must be, in a few words beside the control.</summary>
    public string? Hint { get; init; }

    public required FieldKind Kind { get; init; }

    public bool Required { get; init; }

    /// <summary>Whether null is one of its values.</summary>
    public bool Nullable { get; init; }

    /// <summary>The text in the control, as typed; of a variant, the number of the one that is chosen.</summary>
    public string Value { get; init; } = "";

    /// <summary>What a required field means when nothing is filled in; null when that is an error.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>Shown where nothing is typed.</summary>
    public string? Placeholder { get; init; }

    public bool Checked { get; init; }

    public ImmutableArray<FieldChoice> Choices { get; init; } = [];

    /// <summary>The members of a group, the items of a list, the rows of a map, the form of a variant.</summary>
    public ImmutableArray<FormField> Children { get; init; } = [];

    public int MinItems { get; init; }

    public int MaxItems { get; init; }

    /// <summary>What is sent when nothing is filled in.</summary>
    public BlankMeans Blank { get; init; }

    /// <summary>Whether the page offers to choose that.</summary>
    public bool ShowsBlank { get; init; }

    /// <summary>Whether it is there because of what stands in the other fields.</summary>
    public bool IsConditional { get; init; }

    /// <summary>Of a group whose fields depend on what stands in them: which conditions hold; null for any other.</summary>
    public string? Conditions { get; init; }

    /// <summary>The same for the form that was posted; null when that did not say.</summary>
    public string? PostedConditions { get; init; }

    /// <summary>Of a moment, the zone.</summary>
    public string Zone { get; init; } = "";

    /// <summary>Whether a moment has a day.</summary>
    public bool HasDay { get; init; }

    /// <summary>The control's name in the posted form.</summary>
    public string Name => FieldNames.Value(Path);

    /// <summary>The control's id in the page.</summary>
    public string Id => FieldNames.Id(Path) + (Kind == FieldKind.Variant ? "-kind" : "");
}

/// <summary>An option of a choice.</summary>
/// <param name="Text">As shown.</param>
/// <param name="Json">As put into the input.</param>
public sealed record FieldChoice(string Text, JsonElement Json)
{
    /// <summary>As posted: the text, or the place among the choices where texts do not tell them apart.</summary>
    public string Posted { get => field ?? Text; init; }
}

/// <summary>What an empty field stands for.</summary>
public enum BlankMeans
{
    /// <summary>It is left out, or told when it may not be.</summary>
    Absent,

    /// <summary>null.</summary>
    Null,

    /// <summary>An empty text, list or object.</summary>
    Empty,
}
