using System.ComponentModel.DataAnnotations;

namespace Orkestron.Agents.TextDiff;

[Display(Name = "Texts to compare")]
internal sealed record TextDiffInput(
    [Display(Name = "Before", Description = "The earlier text."), Required]
    [StringLength(TextDiffCard.MaxCharacters, MinimumLength = 1), DataType(DataType.MultilineText)]
    string? Before,

    [Display(Name = "After", Description = "The later text."), Required]
    [StringLength(TextDiffCard.MaxCharacters, MinimumLength = 1), DataType(DataType.MultilineText)]
    string? After,

    [Display(Name = "Lines of context", Description = "How many unchanged lines to show around each change."), Range(0, TextDiffCard.MaxContext)]
    int Context = 3,

    [Display(Name = "White space", Description = "Whether lines that differ only in spaces and tabs count as the same.")]
    WhiteSpace WhiteSpace = WhiteSpace.Compare,

    [Display(Name = "Ignore case", Description = "Whether lines that differ only in capital letters count as the same.")]
    bool IgnoreCase = false);

/// <summary>How spaces and tabs are compared.</summary>
internal enum WhiteSpace
{
    Compare,
    IgnoreTrailing,
    IgnoreAll,
}

[Display(Name = "Differences")]
internal sealed record TextDiffAnswer(
    [Display(Name = "Unified diff", Description = "As patch and git apply read it; empty when the texts are the same.")]
    [MaxLength(TextDiffCard.MaxDiff), DataType(DataType.MultilineText)]
    string Diff,

    [Display(Name = "Same", Description = "No line differs.")]
    bool Same,

    [Display(Name = "Lines added"), Range(0, int.MaxValue)]
    int Added,

    [Display(Name = "Lines removed"), Range(0, int.MaxValue)]
    int Removed,

    [Display(Name = "Lines unchanged"), Range(0, int.MaxValue)]
    int Unchanged,

    [Display(Name = "Similarity", Description = "Unchanged lines as a share of the lines of both texts."), Range(0, 1)]
    double Similarity,

    [Display(Name = "Truncated", Description = "The diff was too long: its last hunks are left out.")]
    bool Truncated);
