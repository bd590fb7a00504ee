using System.ComponentModel.DataAnnotations;
using Orkestron.Agents.Cards;

namespace Orkestron.Agents.Documents;

/// <summary>What a document is written in.</summary>
internal enum DocumentFormat
{
    Markdown,
    Html,
    Text,
    Json,
    JsonLines,
    Yaml,
    Csv,
}

[Display(Name = "Document to convert")]
internal sealed record DocumentInput(
    [Display(Name = "Document", Description = "The document itself."), Required]
    [StringLength(DocumentCard.MaxCharacters, MinimumLength = 1), DataType(DataType.MultilineText)]
    string? Document,

    [Display(Name = "From", Description = "What it is written in."), Required]
    DocumentFormat? From,

    [Display(Name = "To", Description = "What it shall be written in; text and data do not mix."), Required]
    DocumentFormat? To,

    [Display(Name = "Detect types", Description = "From CSV: write numbers, true and false as such, empty cells as null.")]
    bool DetectTypes = true);

[Display(Name = "Converted document")]
internal sealed record DocumentAnswer(
    [Display(Name = "Document"), MaxLength(DocumentCard.MaxConverted), DataType(DataType.MultilineText)]
    string Document,

    [Display(Name = "Characters", Description = "In UTF-16 code units."), Range(0, DocumentCard.MaxConverted)]
    int Characters,

    [Display(Name = "Warnings", Description = "What was lost or needs care."), MaxLength(20), Items(MaxLength = 1000)]
    IReadOnlyList<string> Warnings);
