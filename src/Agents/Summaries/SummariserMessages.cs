namespace Orkestron.Agents.Summaries;

internal sealed record SummariserInput(string? Text, int Sentences = 3, string? Focus = null);

/// <param name="Summary">The chosen sentences in the text's order, joined by a space.</param>
/// <param name="Sentences">The same with where they stand and how central they are.</param>
/// <param name="SentencesRead">How many sentences were looked at.</param>
/// <param name="Truncated">Whether the text has more than that.</param>
/// <param name="CompressionRatio">Characters of the summary per character of the text.</param>
internal sealed record SummariserAnswer(
    string Summary,
    IReadOnlyList<ChosenSentence> Sentences,
    int SentencesRead,
    bool Truncated,
    double CompressionRatio);

internal sealed record ChosenSentence(string Text, int Index, double Score);
