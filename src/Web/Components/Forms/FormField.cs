using System.Collections.Immutable;
using System.Text.Json;

namespace Orkestron.Web.Components.Forms;

/// <summary>One field of a run form, with the value to show.</summary>
public sealed record FormField
{
    /// <summary>A JSON Pointer into the input; empty for the whole.</summary>
    public required string Path { get; init; }

    public required string Label { get; init; }

    public string? Help { get; init; }

    public required FieldKind Kind { get; init; }

    public bool Required { get; init; }

    /// <summary>The text in the control, as typed.</summary>
    public string Value { get; init; } = "";

    public bool Checked { get; init; }

    public ImmutableArray<FieldChoice> Choices { get; init; } = [];

    /// <summary>The members of a group, or the items of a list.</summary>
    public ImmutableArray<FormField> Children { get; init; } = [];

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }

    public int? MaxLength { get; init; }

    public int MinItems { get; init; }

    public int MaxItems { get; init; }

    /// <summary>The control's name in the posted form.</summary>
    public string Name => FieldNames.Value(Path);

    /// <summary>The control's id in the page.</summary>
    public string Id => FieldNames.Id(Path);
}

/// <summary>An option of a choice.</summary>
/// <param name="Text">As shown and posted.</param>
/// <param name="Json">As put into the input.</param>
public sealed record FieldChoice(string Text, JsonElement Json);
