using System.ComponentModel.DataAnnotations;
using Orkestron.Agents.Cards;

namespace Orkestron.Agents.Classification;

[Display(Name = "Texts and labels")]
internal sealed record ClassifierInput(
    [Display(Name = "Texts", Description = "What to sort."), Required, Length(1, ClassifierCard.MaxTexts)]
    [Items(Title = "Text", MinLength = 1, MaxLength = ClassifierCard.MaxCharacters, IsMultiline = true)]
    IReadOnlyList<string?>? Texts,

    [Display(Name = "Labels", Description = "The classes to choose from."), Required, Length(2, ClassifierCard.MaxLabels)]
    IReadOnlyList<ClassifierLabel?>? Labels,

    [Display(Name = "Minimum score", Description = "A text that is less near to every label gets none."), Range(-1, 1)]
    double MinimumScore = 0.15);

[Display(Name = "Label")]
internal sealed record ClassifierLabel(
    [Display(Name = "Name", Description = "What the class is called."), Required, StringLength(ClassifierCard.MaxName, MinimumLength = 1)]
    string? Name,

    [Display(Name = "Description", Description = "What belongs in it; helps much."), MaxLength(ClassifierCard.MaxDescription)]
    string? Description = null,

    [Display(Name = "Examples", Description = "Texts that belong in it."), MaxLength(ClassifierCard.MaxExamples)]
    [Items(MinLength = 1, MaxLength = ClassifierCard.MaxExample)]
    IReadOnlyList<string?>? Examples = null);

[Display(Name = "Labelled texts")]
internal sealed record ClassifierAnswer(
    [Display(Name = "Texts", Description = "In the order of the input."), MaxLength(ClassifierCard.MaxTexts)]
    IReadOnlyList<ClassifiedText> Texts,

    [Display(Name = "Counts", Description = "Texts of each label."), Items(Minimum = 0)]
    IReadOnlyDictionary<string, int> Counts);

internal sealed record ClassifiedText(
    [Display(Name = "Text", Description = "0 for the first."), Range(0, int.MaxValue)]
    int Index,

    [Display(Name = "Label", Description = "Absent when none is near enough.")]
    string? Label,

    [Display(Name = "Margin", Description = "Lead over the next label; below 0.05 the choice is weak."), Range(0, 2)]
    double Margin,

    [Display(Name = "Scores", Description = "Similarity to each label, nearest first."), MaxLength(ClassifierCard.MaxLabels)]
    IReadOnlyList<LabelScore> Scores);

internal sealed record LabelScore(
    [Display(Name = "Label")] string Label,
    [Display(Name = "Score"), Range(-1, 1)] double Score);
