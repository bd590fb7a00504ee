namespace Orkestron.Agents.Keywords;

internal sealed record KeywordInput(string? Text, int MaxKeyphrases = 15, bool Entities = true);

internal sealed record KeywordAnswer(
    IReadOnlyList<Keyphrase> Keyphrases, IReadOnlyList<Entity> Entities, bool Truncated);

/// <param name="Text">Lower case.</param>
/// <param name="Score">1 for the best phrase, the others relative to it.</param>
/// <param name="Count">How often it occurs.</param>
internal sealed record Keyphrase(string Text, double Score, int Count);

/// <param name="Kind">What it is.</param>
/// <param name="Text">As written.</param>
/// <param name="Offset">Where it begins, in UTF-16 code units.</param>
/// <param name="Length">In UTF-16 code units.</param>
internal sealed record Entity(EntityKind Kind, string Text, int Offset, int Length);

internal enum EntityKind
{
    Email,
    Url,
    Date,
    Amount,
    Name,
}
