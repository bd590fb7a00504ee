namespace Orkestron.Agents.Classification;

internal sealed record ClassifierInput(
    IReadOnlyList<string?>? Texts, IReadOnlyList<ClassifierLabel?>? Labels, double MinimumScore = 0.15);

/// <param name="Name">What the class is called.</param>
/// <param name="Description">What belongs in it, in a sentence; the name alone is used without.</param>
/// <param name="Examples">Texts that belong in it.</param>
internal sealed record ClassifierLabel(string? Name, string? Description = null, IReadOnlyList<string?>? Examples = null);

internal sealed record ClassifierAnswer(IReadOnlyList<ClassifiedText> Texts, IReadOnlyDictionary<string, int> Counts);

/// <param name="Index">0 for the first text.</param>
/// <param name="Label">The nearest label, or null when none is near enough.</param>
/// <param name="Margin">How much nearer it is than the next: below 0.05 the choice is weak.</param>
/// <param name="Scores">Similarity to each label, nearest first.</param>
internal sealed record ClassifiedText(int Index, string? Label, double Margin, IReadOnlyList<LabelScore> Scores);

internal sealed record LabelScore(string Label, double Score);
