using System.ComponentModel.DataAnnotations;

namespace Orkestron.Agents.Search;

[Display(Name = "Question and documents")]
internal sealed record SearchInput(
    [Display(Name = "Question", Description = "What you want to know."), Required]
    [StringLength(SearchCard.MaxQuestion, MinimumLength = 1)]
    string? Question,

    [Display(Name = "Documents", Description = "Where to look."), Required, Length(1, SearchCard.MaxDocuments)]
    IReadOnlyList<SearchDocument>? Documents,

    [Display(Name = "Passages", Description = "How many passages to give at most."), Range(1, SearchCard.MaxPassagesGiven)]
    int Passages = 5);

[Display(Name = "Document")]
internal sealed record SearchDocument(
    [Display(Name = "Title", Description = "Shown with what is found."), Required, MaxLength(SearchCard.MaxTitle)]
    string? Title,

    [Display(Name = "Text", Description = "The document's text."), Required]
    [StringLength(SearchCard.MaxCharacters, MinimumLength = 1), DataType(DataType.MultilineText)]
    string? Text);

[Display(Name = "Search result")]
internal sealed record SearchAnswer(
    [Display(Name = "Best answer", Description = "Absent when nothing is near enough.")]
    Passage? Answer,

    [Display(Name = "Passages", Description = "Nearest first."), MaxLength(SearchCard.MaxPassagesGiven)]
    IReadOnlyList<Passage> Passages,

    [Display(Name = "Passages searched"), Range(1, SearchCard.MaxPassages)]
    int PassagesSearched,

    [Display(Name = "Truncated", Description = "There were more passages than were searched.")]
    bool Truncated);

/// <param name="Text">As it is written.</param>
/// <param name="Document">0 for the first document.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Offset">Where it begins in the document, in UTF-16 code units.</param>
/// <param name="Score">Similarity to the question.</param>
internal sealed record Passage(
    [Display(Name = "Text"), MaxLength(SearchCard.MaxCharacters), DataType(DataType.MultilineText)]
    string Text,

    [Display(Name = "Document", Description = "0 for the first."), Range(0, SearchCard.MaxDocuments - 1)]
    int Document,

    [Display(Name = "Title"), MaxLength(SearchCard.MaxTitle)]
    string Title,

    [Display(Name = "Offset", Description = "In UTF-16 code units."), Range(0, int.MaxValue)]
    int Offset,

    [Display(Name = "Score", Description = "Similarity to the question."), Range(-1, 1)]
    double Score);
