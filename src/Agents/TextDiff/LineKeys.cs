namespace Orkestron.Agents.TextDiff;

/// <summary>Numbers lines so that two lines count as the same exactly when their numbers are equal. Pure.</summary>
internal static class LineKeys
{
    public static (int[] Before, int[] After) Of(
        IReadOnlyList<TextLine> before, IReadOnlyList<TextLine> after, WhiteSpace whiteSpace, bool ignoreCase)
    {
        // A missing line break at the end of a text is white space too.
        var keys = new Dictionary<(string Text, bool Ended), int>();
        return ([.. before.Select(Key)], [.. after.Select(Key)]);

        int Key(TextLine line)
        {
            var text = whiteSpace switch
            {
                WhiteSpace.IgnoreTrailing => line.Text.TrimEnd(' ', '\t'),
                WhiteSpace.IgnoreAll => line.Text.Replace(" ", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal),
                _ => line.Text,
            };
            var key = (ignoreCase ? text.ToUpperInvariant() : text, line.Ended || whiteSpace != WhiteSpace.Compare);
            if (!keys.TryGetValue(key, out var number))
            {
                keys[key] = number = keys.Count;
            }

            return number;
        }
    }
}
