namespace Orkestron.Agents.Search;

internal sealed record SearchInput(string? Question, IReadOnlyList<SearchDocument>? Documents, int Passages = 5);

internal sealed record SearchDocument(string? Title, string? Text);

internal sealed record SearchAnswer(
    AnswerQuote? Answer, IReadOnlyList<Passage> Passages, int PassagesSearched, bool Truncated);

/// <param name="Text">A sentence quoted as it is written.</param>
/// <param name="Document">0 for the first document.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Offset">Where the quote begins in the document, in UTF-16 code units.</param>
/// <param name="Score">Similarity to the question.</param>
internal sealed record AnswerQuote(string Text, int Document, string Title, int Offset, double Score);

internal sealed record Passage(string Text, int Document, string Title, int Offset, double Score);
