using System.ComponentModel.DataAnnotations;

namespace Orkestron.Agents.Keywords;

[Display(Name = "Text to read")]
internal sealed record KeywordInput(
    [Display(Name = "Text", Description = "English or German text."), Required]
    [StringLength(KeywordCard.MaxCharacters, MinimumLength = 1), DataType(DataType.MultilineText)]
    string? Text,

    [Display(Name = "Keyphrases", Description = "How many keyphrases to give at most."), Range(1, KeywordCard.MaxKeyphrases)]
    int MaxKeyphrases = 15,

    [Display(Name = "Find entities", Description = "Also list e-mails, links, dates, amounts and names.")]
    bool Entities = true);

[Display(Name = "Keyphrases and entities")]
internal sealed record KeywordAnswer(
    [Display(Name = "Keyphrases", Description = "Best first."), MaxLength(KeywordCard.MaxKeyphrases)]
    IReadOnlyList<Keyphrase> Keyphrases,

    [Display(Name = "Entities", Description = "In the text's order."), MaxLength(KeywordCard.MaxEntities)]
    IReadOnlyList<Entity> Entities,

    [Display(Name = "Truncated", Description = "There are more entities than are listed.")]
    bool Truncated);

/// <param name="Text">Lower case.</param>
/// <param name="Score">1 for the best phrase, the others relative to it.</param>
/// <param name="Count">How often it occurs.</param>
internal sealed record Keyphrase(
    [Display(Name = "Phrase"), MaxLength(200)] string Text,
    [Display(Name = "Score", Description = "Relative to the best phrase."), Range(0, 1)] double Score,
    [Display(Name = "Count"), Range(1, int.MaxValue)] int Count);

/// <param name="Kind">What it is.</param>
/// <param name="Text">As written.</param>
/// <param name="Offset">Where it begins, in UTF-16 code units.</param>
/// <param name="Length">In UTF-16 code units.</param>
internal sealed record Entity(
    [Display(Name = "Kind")] EntityKind Kind,
    [Display(Name = "Text"), MaxLength(500)] string Text,
    [Display(Name = "Offset", Description = "In UTF-16 code units."), Range(0, int.MaxValue)] int Offset,
    [Display(Name = "Length", Description = "In UTF-16 code units."), Range(1, 500)] int Length);

internal enum EntityKind
{
    Email,
    Url,
    Date,
    Amount,
    Name,
}
