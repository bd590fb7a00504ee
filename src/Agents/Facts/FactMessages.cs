namespace Orkestron.Agents.Facts;

internal enum Verdict
{
    Supported,
    Unsupported,
}

internal sealed record FactInput(
    IReadOnlyList<string?>? Claims, IReadOnlyList<FactSource?>? Sources, double MinimumScore = 0.6);

internal sealed record FactSource(string? Title, string? Text);

internal sealed record FactAnswer(
    IReadOnlyList<CheckedClaim> Claims, int Supported, int SentencesRead, bool Truncated);

/// <param name="Claim">As it was given.</param>
/// <param name="Verdict">Unsupported does not mean false.</param>
/// <param name="Score">Similarity of the claim to its passage.</param>
/// <param name="Reason">Why the verdict, in one sentence.</param>
/// <param name="Passage">The nearest passage, whether it supports or not.</param>
internal sealed record CheckedClaim(string Claim, Verdict Verdict, double Score, string Reason, FactPassage Passage);

internal sealed record FactPassage(string Text, int Source, string Title, int Offset);
