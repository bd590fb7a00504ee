using System.ComponentModel.DataAnnotations;

namespace Orkestron.Agents.Summaries;

[Display(Name = "Text to summarise")]
internal sealed record SummariserInput(
    [Display(Name = "Text", Description = "The text to summarise."), Required]
    [StringLength(SummariserCard.MaxCharacters, MinimumLength = 1), DataType(DataType.MultilineText)]
    string? Text,

    [Display(Name = "Sentences", Description = "How many sentences the summary has at most."), Range(1, SummariserCard.MaxSentences)]
    int Sentences = 3,

    [Display(Name = "Focus", Description = "A question or topic the summary should lean towards; optional."), MaxLength(500)]
    string? Focus = null);

/// <param name="Summary">The chosen sentences in the text's order, joined by a space.</param>
/// <param name="Sentences">The same with where they stand and how central they are.</param>
/// <param name="SentencesRead">How many sentences were looked at.</param>
/// <param name="Truncated">Whether the text has more than that.</param>
/// <param name="CompressionRatio">Characters of the summary per character of the text.</param>
[Display(Name = "Summary")]
internal sealed record SummariserAnswer(
    [Display(Name = "Summary", Description = "The chosen sentences in the text's order.")]
    [MaxLength(SummariserCard.MaxCharacters + SummariserCard.MaxSentences), DataType(DataType.MultilineText)]
    string Summary,

    [Display(Name = "Chosen sentences"), MaxLength(SummariserCard.MaxSentences)]
    IReadOnlyList<ChosenSentence> Sentences,

    [Display(Name = "Sentences read"), Range(0, SummariserCard.MaxSentencesRead)]
    int SentencesRead,

    [Display(Name = "Truncated", Description = "The text has more sentences than were read.")]
    bool Truncated,

    [Display(Name = "Compression", Description = "Characters of the summary per character of the text."), Range(0, 2)]
    double CompressionRatio);

internal sealed record ChosenSentence(
    [Display(Name = "Sentence"), MaxLength(SummariserCard.MaxCharacters)]
    string Text,

    [Display(Name = "Position", Description = "0 for the text's first sentence."), Range(0, int.MaxValue)]
    int Index,

    [Display(Name = "Score", Description = "Nearness to the text's centre, or to the focus."), Range(-1, 1)]
    double Score);
