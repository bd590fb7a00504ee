namespace Orkestron.Agents.Documents;

/// <summary>What a document is written in.</summary>
internal enum DocumentFormat
{
    Unset,
    Markdown,
    Html,
    Text,
    Json,
    JsonLines,
    Yaml,
    Csv,
}

internal sealed record DocumentInput(string? Document, DocumentFormat From, DocumentFormat To, bool DetectTypes = true);

/// <param name="Document">The document in the wanted format.</param>
/// <param name="Characters">Its length in UTF-16 code units.</param>
/// <param name="Warnings">What was lost or needs care.</param>
internal sealed record DocumentAnswer(string Document, int Characters, IReadOnlyList<string> Warnings);
