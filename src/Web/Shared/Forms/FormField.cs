using System.Collections.Immutable;
using System.Text.Json;

namespace Orkestron.Web.Shared.Forms;

/// <summary>One field of a form with its value.</summary>
public sealed record FormField
{
    /// <summary>The path that names the controls: a JSON Pointer into the input, except for the rows of a map.</summary>
    public required string Path { get; init; }

    /// <summary>A JSON Pointer to its value in the input; empty for the whole input.</summary>
    public string Pointer { get => field ?? Path; init; }

    /// <summary>Its name in the object that contains it; for a row of a map, the entered name.</summary>
    public string Member { get; init; } = "";

    public required string Label { get; init; }

    public string? Help { get; init; }

    /// <summary>A short note on valid values, shown beside the control.</summary>
    public string? Hint { get; init; }

    public required FieldKind Kind { get; init; }

    public bool Required { get; init; }

    /// <summary>Whether null is one of its values.</summary>
    public bool Nullable { get; init; }

    /// <summary>The text in the control as entered; for alternatives, the index of the chosen one.</summary>
    public string Value { get; init; } = "";

    /// <summary>The value of a required field that is left empty; null when that is an error.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>The placeholder of an empty control.</summary>
    public string? Placeholder { get; init; }

    public bool Checked { get; init; }

    public ImmutableArray<FieldChoice> Choices { get; init; } = [];

    /// <summary>The members of a group, the items of a list, the rows of a map, the form of a variant.</summary>
    public ImmutableArray<FormField> Children { get; init; } = [];

    public int MinItems { get; init; }

    public int MaxItems { get; init; }

    /// <summary>What is sent when the field is empty.</summary>
    public BlankMeans Blank { get; init; }

    /// <summary>Whether the user can choose what is sent when it is empty.</summary>
    public bool ShowsBlank { get; init; }

    /// <summary>Whether it is shown because of the values of other fields.</summary>
    public bool IsConditional { get; init; }

    /// <summary>For a group with conditional fields, which conditions hold; otherwise null.</summary>
    public string? Conditions { get; init; }

    /// <summary>Which conditions held in the posted form; null when it did not say.</summary>
    public string? PostedConditions { get; init; }

    /// <summary>The time zone of a date and time.</summary>
    public string Zone { get; init; } = "";

    /// <summary>Whether a time has a date.</summary>
    public bool HasDay { get; init; }

    /// <summary>The control's name in the posted form.</summary>
    public string Name => FieldNames.Value(Path);

    /// <summary>The control's id in the page.</summary>
    public string Id => FieldNames.Id(Path) + (Kind == FieldKind.Variant ? "-kind" : "");
}

/// <summary>An option of a choice.</summary>
/// <param name="Text">The displayed text.</param>
/// <param name="Json">The value in the input.</param>
public sealed record FieldChoice(string Text, JsonElement Json)
{
    /// <summary>The posted value: the text, or the index among the choices where the texts are not unique.</summary>
    public string Posted { get => field ?? Text; init; }
}

/// <summary>What is sent for an empty field.</summary>
public enum BlankMeans
{
    /// <summary>Nothing; an error if the field is required.</summary>
    Absent,

    /// <summary>null.</summary>
    Null,

    /// <summary>An empty text, list or object.</summary>
    Empty,
}
