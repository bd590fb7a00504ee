using System.ComponentModel.DataAnnotations;
using Orkestron.Agents.Cards;

namespace Orkestron.Agents.Research;

[Display(Name = "Question and documents")]
internal sealed record ResearchInput(
    [Display(Name = "Question", Description = "What the brief shall answer."), Required, StringLength(500, MinimumLength = 1)]
    string? Question,

    [Display(Name = "Documents", Description = "What to read."), Required, Length(1, ResearchCard.MaxDocuments)]
    IReadOnlyList<ResearchDocument?>? Documents,

    [Display(Name = "Sentences per document", Description = "How long each summary is at most."), Range(1, 10)]
    int SentencesPerDocument = 3);

[Display(Name = "Document")]
internal sealed record ResearchDocument(
    [Display(Name = "Title", Description = "Shown in the brief."), MaxLength(200)]
    string? Title,

    [Display(Name = "Text", Description = "The document's text."), Required]
    [StringLength(ResearchCard.MaxCharacters, MinimumLength = 1), DataType(DataType.MultilineText)]
    string? Text);

[Display(Name = "Brief")]
internal sealed record ResearchAnswer(
    [Display(Name = "Brief"), MaxLength(500_000), DataType(DataType.MultilineText)]
    string Brief,

    [Display(Name = "Answer", Description = "Quoted; absent when nothing is near enough."), MaxLength(12_000)]
    string? Answer,

    [Display(Name = "Key terms", Description = "Best first."), MaxLength(12), Items(MaxLength = 12_000)]
    IReadOnlyList<string> Keywords,

    [Display(Name = "Missing", Description = "Parts that an agent failed to give."), MaxLength(10), Items(MaxLength = 700)]
    IReadOnlyList<string> Missing);
