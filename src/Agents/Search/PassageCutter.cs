using Orkestron.Agents.Common;

namespace Orkestron.Agents.Search;

/// <summary>A run of sentences of one document.</summary>
/// <param name="Document">0 for the first document.</param>
/// <param name="Offset">Where it begins in the document.</param>
/// <param name="Text">The passage as it is written.</param>
internal readonly record struct PassageText(int Document, int Offset, string Text);

/// <summary>Cuts documents into passages of whole sentences, short enough for the model to read them whole.</summary>
internal static class PassageCutter
{
    private const int Target = 500;
    private const int Longest = 1_000;

    public static IEnumerable<PassageText> Cut(string text, int document)
    {
        var from = -1;
        var to = 0;
        foreach (var sentence in SentenceSplitter.Split(text).SelectMany(Shorten))
        {
            var end = sentence.Offset + sentence.Text.Length;
            if (from >= 0 && end - from > Target)
            {
                yield return new PassageText(document, from, text[from..to]);
                from = -1;
            }

            from = from < 0 ? sentence.Offset : from;
            to = end;
        }

        if (from >= 0)
        {
            yield return new PassageText(document, from, text[from..to]);
        }
    }

    private static IEnumerable<Sentence> Shorten(Sentence sentence)
    {
        for (var from = 0; from < sentence.Text.Length;)
        {
            var to = Math.Min(sentence.Text.Length, from + Longest);
            if (to < sentence.Text.Length && char.IsLowSurrogate(sentence.Text[to]))
            {
                to--;
            }

            yield return new Sentence(sentence.Text[from..to], sentence.Offset + from);
            from = to;
        }
    }
}
