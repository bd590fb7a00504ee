namespace Orkestron.Agents.Facts.Wording;

/// <summary>What a rule finds between a claim and one statement of a source.</summary>
internal enum Match
{
    None,

    /// <summary>The same words.</summary>
    Same,

    /// <summary>The same words but for a number that the claim's wording allows.</summary>
    Implied,

    /// <summary>The same words but for a number that the claim's wording rules out.</summary>
    OtherNumber,

    /// <summary>The same words, denied in one of them.</summary>
    Denied,
}

/// <summary>Holds a claim against one statement, word by word. Pure.</summary>
internal static class Comparison
{
    private static readonly HashSet<string> Openers = new(StringComparer.Ordinal)
    {
        "however",
        "moreover",
        "furthermore",
        "additionally",
        "but",
        "and",
        "also",
    };

    public static Match Of(Statement claim, Statement source)
    {
        var opened = claim.Words.Count > 0 && Openers.Contains(claim.Words[0].Key) ? 0 : Skip(source.Words);
        var words = opened == 0 ? source.Words : [.. source.Words.Skip(opened)];
        if (Same(claim.Words, words))
        {
            return Match.Same;
        }

        var measured = opened == 0 ? source.Measured : Measured.Of(words);
        return ByNumber(claim.Measured, measured, words) is var found and not Match.None ? found
            : DeniesOther(claim.Words, words) || DeniesOther(words, claim.Words) ? Match.Denied : Match.None;
    }

    /// <summary>Where the claim's words stand one after the other in a longer statement; -1 when they do not.</summary>
    public static int Within(IReadOnlyList<Word> claim, IReadOnlyList<Word> statement)
    {
        for (var at = 0; at + claim.Count <= statement.Count; at++)
        {
            var k = 0;
            while (k < claim.Count && claim[k].Same(statement[at + k], k == 0))
            {
                k++;
            }

            if (k == claim.Count)
            {
                return at;
            }
        }

        return -1;
    }

    private static int Skip(IReadOnlyList<Word> words) =>
        words.Count > 2 && Openers.Contains(words[0].Key) ? words[1].Key == "," ? 2 : 1 : 0;

    private static bool Same(IReadOnlyList<Word> left, IReadOnlyList<Word> right) =>
        left.Count == right.Count && left.Select((word, i) => word.Same(right[i], i == 0)).All(static same => same);

    // One number differs and nothing else, the source's is exact, it is the number of something, and no word around bends it.
    private static Match ByNumber(Measured claim, Measured source, IReadOnlyList<Word> sourceWords)
    {
        if (claim.Words.Count != source.Words.Count)
        {
            return Match.None;
        }

        var differing = -1;
        for (var i = 0; i < claim.Words.Count; i++)
        {
            if (claim.Quantities[i] is { } said && source.Quantities[i] is { } read)
            {
                if (said == read && claim.Words[i].Key == source.Words[i].Key)
                {
                    continue;
                }

                if (differing >= 0 || said == read)
                {
                    return Match.None;
                }

                differing = i;
            }
            else if (!claim.Words[i].Same(source.Words[i], i == 0))
            {
                return Match.None;
            }
        }

        return differing >= 0 && source.Quantities[differing] is { IsExact: true, Low: { } number }
            && claim.Quantities[differing] is { Vague: false } wanted
            && Counts(source.Words, differing) && !sourceWords.Any(Bends)
            ? wanted.Allows(number) ? Match.Implied : Match.OtherNumber
            : Match.None;
    }

    private static bool Counts(IReadOnlyList<Word> words, int at) =>
        (at == 0 || Lexicon.IsMeasure(words[at - 1].Key))
        && at + 1 < words.Count && words[at + 1].IsText && !words[at + 1].IsDate && !Lexicon.NoThing.Contains(words[at + 1].Key)
        && words[at + 1].Number is null;

    private static bool Bends(Word word) =>
        Lexicon.Reach.Contains(word.Key) || Lexicon.Denial.Contains(word.Key) || Lexicon.Mode.Contains(word.Key)
        || Lexicon.Said.Contains(word.Key) || word.Key is "\"" or "?" or "than" or ":" or ";" or "that";

    // The first has one "not" more, at its verb, and is otherwise the same.
    private static bool DeniesOther(IReadOnlyList<Word> denying, IReadOnlyList<Word> other)
    {
        if (denying.Count - other.Count is not (1 or 2))
        {
            return false;
        }

        var at = -1;
        for (var i = 0; i < denying.Count; i++)
        {
            if (denying[i].Key == "not")
            {
                if (at >= 0)
                {
                    return false;
                }

                at = i;
            }
            else if (denying[i].Key is not ("will" or "can") && Bends(denying[i]))
            {
                return false;
            }
        }

        if (at < 2 || at + 1 >= denying.Count || !OneSubject(denying, at))
        {
            return false;
        }

        var helper = denying[at - 1].Key;
        if (helper is "is" or "are" or "was" or "were" or "has" or "have" or "had" or "will" or "can")
        {
            return Same([.. denying.Take(at), .. denying.Skip(at + 1)], other);
        }

        return helper is "do" or "does" or "did" && other.Count == denying.Count - 2
            && Same([.. denying.Take(at - 1)], [.. other.Take(at - 1)])
            && Inflects(denying[at + 1].Key, other[at - 1].Key, helper)
            && denying.Skip(at + 2).Zip(other.Skip(at)).All(static pair => pair.First.Same(pair.Second, false));
    }

    // "A tram did not stop" and "A tram stopped" may both be so; "The tram ..." may not.
    private static bool OneSubject(IReadOnlyList<Word> words, int not)
    {
        if (words.Take(not).Any(static word => word.Number is not null || word.Key is "a" or "an" or "one" or "or" or "other" or "another"))
        {
            return false;
        }

        return words[not - 1].Key is "is" or "was" or "has" or "does" or "do" or "are" || Lexicon.Definite.Contains(words[0].Key);
    }

    private static bool Inflects(string stem, string verb, string helper) => helper switch
    {
        "do" => verb == stem,
        "does" => verb == $"{stem}s" || verb == $"{stem}es" || (stem[^1] == 'y' && verb == $"{stem[..^1]}ies"),
        _ => verb == $"{stem}ed" || verb == $"{stem}d" || (stem[^1] == 'y' && verb == $"{stem[..^1]}ied"),
    };
}
