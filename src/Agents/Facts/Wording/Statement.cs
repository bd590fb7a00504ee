namespace Orkestron.Agents.Facts.Wording;

/// <summary>A sentence of a source, with what around it decides whether the source says it in its own name.</summary>
/// <param name="Offset">Where it begins in its source.</param>
/// <param name="Text">As it is written.</param>
/// <param name="Words">Its words in one form.</param>
/// <param name="Doubt">Why the source may not mean it, as the end of "The passage"; null when nothing says so.</param>
internal sealed record Statement(int Offset, string Text, IReadOnlyList<Word> Words, string? Doubt)
{
    public Measured Measured { get; } = Measured.Of(Words);
}
