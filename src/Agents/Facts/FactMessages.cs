using System.ComponentModel.DataAnnotations;
using Orkestron.Agents.Cards;

namespace Orkestron.Agents.Facts;

/// <summary>What rules can say of a claim and the sources. Only wording is compared, never the world.</summary>
internal enum Verdict
{
    /// <summary>A source states it nearly word for word, or gives a number that implies it.</summary>
    Supported,

    /// <summary>Nothing in the sources is near the claim. It may still be true.</summary>
    Unsupported,

    /// <summary>A source makes the same statement with another quantity, or denies it.</summary>
    Contradicted,

    /// <summary>Passages are near, but no rule carries a verdict: a person has to read them.</summary>
    CannotTell,
}

[Display(Name = "Claims and sources")]
internal sealed record FactInput(
    [Display(Name = "Claims", Description = "One statement each."), Required, Length(1, FactCard.MaxClaims)]
    [Items(Title = "Claim", MinLength = 1, MaxLength = FactCard.MaxClaim)]
    IReadOnlyList<string?>? Claims,

    [Display(Name = "Sources", Description = "What the claims are held against."), Required, Length(1, FactCard.MaxSources)]
    IReadOnlyList<FactSource?>? Sources,

    [Display(
        Name = "Minimum score",
        Description = "How near in meaning a passage must be to be shown as one to read. It never makes a claim supported.")]
    [Range(0, 1)]
    double MinimumScore = 0.6);

[Display(Name = "Source")]
internal sealed record FactSource(
    [Display(Name = "Title", Description = "Shown with what is found."), MaxLength(FactCard.MaxTitle)]
    string? Title,

    [Display(Name = "Text", Description = "The source's text."), Required]
    [StringLength(FactCard.MaxCharacters, MinimumLength = 1), DataType(DataType.MultilineText)]
    string? Text);

[Display(Name = "Verdicts")]
internal sealed record FactAnswer(
    [Display(Name = "Claims"), MaxLength(FactCard.MaxClaims)] IReadOnlyList<CheckedClaim> Claims,
    [Display(Name = "Supported claims"), Range(0, int.MaxValue)] int Supported,
    [Display(Name = "Contradicted claims"), Range(0, int.MaxValue)] int Contradicted,
    [Display(Name = "Claims to read up"), Range(0, int.MaxValue)] int CannotTell,
    [Display(Name = "Claims with nothing near"), Range(0, int.MaxValue)] int Unsupported,
    [Display(Name = "Passages read"), Range(1, FactCard.MaxPassages)] int SentencesRead,
    [Display(Name = "Truncated", Description = "There were more passages than were read.")] bool Truncated);

internal sealed record CheckedClaim(
    [Display(Name = "Claim"), MaxLength(FactCard.MaxClaim)]
    string Claim,

    [Display(
        Name = "Verdict",
        Description = "supported: a source states it nearly word for word. contradicted: it states the same with another number, or denies it. cannot-tell: read the passages. unsupported: nothing is near, which does not mean false.")]
    Verdict Verdict,

    [Display(Name = "Score", Description = "Similarity in meaning of claim and passage. It decides nothing."), Range(-1, 1)]
    double Score,

    [Display(Name = "Reason"), MaxLength(500)]
    string Reason,

    [Display(Name = "Passage", Description = "The passage that decides, or the nearest.")]
    FactPassage Passage,

    [Display(Name = "What differs"), MaxLength(6), Items(MaxLength = 300)]
    IReadOnlyList<string> Differs,

    [Display(Name = "Passages to read", Description = "Nearest in meaning first."), MaxLength(3)]
    IReadOnlyList<FactPassage> Nearest);

internal sealed record FactPassage(
    [Display(Name = "Text"), MaxLength(FactCard.MaxPassage), DataType(DataType.MultilineText)]
    string Text,

    [Display(Name = "Source", Description = "0 for the first."), Range(0, int.MaxValue)]
    int Source,

    [Display(Name = "Title"), MaxLength(FactCard.MaxTitle)]
    string Title,

    [Display(Name = "Offset", Description = "In UTF-16 code units."), Range(0, int.MaxValue)]
    int Offset);
