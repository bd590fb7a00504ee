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

internal sealed record FactInput(
    IReadOnlyList<string?>? Claims, IReadOnlyList<FactSource?>? Sources, double MinimumScore = 0.6);

internal sealed record FactSource(string? Title, string? Text);

internal sealed record FactAnswer(
    IReadOnlyList<CheckedClaim> Claims, int Supported, int Contradicted, int CannotTell, int Unsupported, int SentencesRead, bool Truncated);

/// <param name="Claim">As it was given.</param>
/// <param name="Verdict">What rules can say of it.</param>
/// <param name="Score">Similarity in meaning of the claim to its passage; it decides nothing but what is shown.</param>
/// <param name="Reason">Why the verdict, in a sentence or two.</param>
/// <param name="Passage">The passage that decides, or the nearest.</param>
/// <param name="Differs">In plain words, where claim and passage differ.</param>
/// <param name="Nearest">Passages to read, nearest in meaning first.</param>
internal sealed record CheckedClaim(
    string Claim,
    Verdict Verdict,
    double Score,
    string Reason,
    FactPassage Passage,
    IReadOnlyList<string> Differs,
    IReadOnlyList<FactPassage> Nearest);

internal sealed record FactPassage(string Text, int Source, string Title, int Offset);
