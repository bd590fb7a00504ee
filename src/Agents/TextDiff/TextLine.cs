namespace Orkestron.Agents.TextDiff;

/// <summary>A line of a text.</summary>
/// <param name="Text">Without its end.</param>
/// <param name="Ended">Whether a line break follows; the last line of a text may have none.</param>
internal readonly record struct TextLine(string Text, bool Ended)
{
    /// <summary>The lines of a text, which end with a line feed, a carriage return, or both.</summary>
    public static IReadOnlyList<TextLine> Split(string text)
    {
        var lines = new List<TextLine>();
        for (var at = 0; at < text.Length;)
        {
            var length = text.AsSpan(at).IndexOfAny('\r', '\n');
            if (length < 0)
            {
                lines.Add(new TextLine(text[at..], false));
                break;
            }

            lines.Add(new TextLine(text.Substring(at, length), true));
            at += length + 1;
            if (text[at - 1] == '\r' && at < text.Length && text[at] == '\n')
            {
                at++;
            }
        }

        return lines;
    }
}
