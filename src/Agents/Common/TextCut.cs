namespace Orkestron.Agents.Common;

/// <summary>Cuts text where no character is parted: a pair of surrogates is one.</summary>
internal static class TextCut
{
    /// <summary>How many of a text's UTF-16 units to keep: so many at most, one fewer where that would part a pair.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">From 1.</param>
    public static int Length(string text, int most) =>
        text.Length <= most ? text.Length : char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;

    /// <summary>The beginning of a text: so many UTF-16 units at most.</summary>
    public static string Head(string text, int most) => text[..Length(text, most)];
}
