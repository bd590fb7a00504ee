namespace Orkestron.Agents.Facts.Wording;

/// <summary>A word, number or mark of a statement.</summary>
/// <param name="Key">What two statements are compared by.</param>
/// <param name="Raw">As it is written, for people.</param>
/// <param name="Number">Its value, when it is a plain number.</param>
internal sealed record Word(string Key, string Raw, decimal? Number = null)
{
    public bool IsText => char.IsLetterOrDigit(Key[0]) || Key[0] == '@';

    public bool IsDate => Key[0] == '@';

    /// <summary>The same word. Capitals count only where they make another word: "US" and "us", "May" and "may".</summary>
    /// <param name="other">What it is compared with.</param>
    /// <param name="first">Whether both begin their statement, where any word has a capital.</param>
    public bool Same(Word other, bool first) =>
        Key == other.Key && (first || Number is not null || !CapitalsMatter.Contains(Key) || Raw == other.Raw);

    private static readonly HashSet<string> CapitalsMatter = new(StringComparer.Ordinal)
    {
        "us", "it", "who", "may", "march", "august", "polish", "turkey", "china", "will", "mark", "bill", "rose", "apple", "amazon",
        "shell", "target", "gap", "oracle", "meta", "sun", "times", "guardian", "visa", "ford", "general", "aids", "nice", "reading",
        "bath", "cork", "jordan", "chad", "hope", "faith", "grace", "frank", "rich", "miles", "art", "pat", "drew", "sue", "job",
    };
}
