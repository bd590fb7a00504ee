namespace Orkestron.Agents.Research;

internal sealed record ResearchInput(
    string? Question, IReadOnlyList<ResearchDocument?>? Documents, int SentencesPerDocument = 3);

internal sealed record ResearchDocument(string? Title, string? Text);

/// <param name="Brief">Markdown.</param>
/// <param name="Answer">The sentence that answers best, or null when nothing was near enough.</param>
/// <param name="Keywords">Best first.</param>
/// <param name="Missing">Parts that an agent failed to give, with the reason.</param>
internal sealed record ResearchAnswer(
    string Brief, string? Answer, IReadOnlyList<string> Keywords, IReadOnlyList<string> Missing);
