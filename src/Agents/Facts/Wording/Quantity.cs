namespace Orkestron.Agents.Facts.Wording;

/// <summary>What a statement says of a number: the number itself, or a bound.</summary>
/// <param name="Low">At least this, or more than this.</param>
/// <param name="High">At most this, or less than this.</param>
/// <param name="LowIn">Whether <paramref name="Low"/> itself is meant too.</param>
/// <param name="HighIn">Whether <paramref name="High"/> itself is meant too.</param>
/// <param name="Vague">"about", "nearly": no rule can hold it against another number.</param>
internal sealed record Quantity(decimal? Low, decimal? High, bool LowIn, bool HighIn, bool Vague)
{
    public bool IsExact => !Vague && Low == High && Low is not null;

    /// <summary>Whether an exact number is what this one allows.</summary>
    public bool Allows(decimal value) =>
        (Low is not { } low || value > low || (LowIn && value == low))
            && (High is not { } high || value < high || (HighIn && value == high));
}

/// <summary>A statement whose numbers are read together with what bounds them.</summary>
/// <param name="Words">Each number with its bound stands as one word.</param>
/// <param name="Quantities">For each word its number, or null.</param>
internal sealed record Measured(IReadOnlyList<Word> Words, IReadOnlyList<Quantity?> Quantities)
{
    private static readonly (string[] Before, Func<decimal, Quantity> Make)[] Bounds =
    [
        (["no", "more", "than"], static n => new(null, n, false, true, false)),
        (["no", "fewer", "than"], static n => new(n, null, true, false, false)),
        (["no", "less", "than"], static n => new(n, null, true, false, false)),
        (["not", "more", "than"], static n => new(null, n, false, true, false)),
        (["more", "than"], static n => new(n, null, false, false, false)),
        (["over"], static n => new(n, null, false, false, false)),
        (["at", "least"], static n => new(n, null, true, false, false)),
        (["fewer", "than"], static n => new(null, n, false, false, false)),
        (["less", "than"], static n => new(null, n, false, false, false)),
        (["under"], static n => new(null, n, false, false, false)),
        (["at", "most"], static n => new(null, n, false, true, false)),
        (["up", "to"], static n => new(null, n, false, true, false)),
        (["exactly"], static n => new(n, n, true, true, true)),
        .. ((string[])["about", "around", "approximately", "roughly", "nearly", "almost", "some", "circa", "approx"])
            .Select(static word => (new[] { word }, (Func<decimal, Quantity>)(static n => new(n, n, true, true, true)))),
    ];

    public static Measured Of(IReadOnlyList<Word> words)
    {
        var made = new List<Word>();
        var quantities = new List<Quantity?>();
        for (var i = 0; i < words.Count; i++)
        {
            var (quantity, length) = At(words, i);
            made.Add(
                quantity is null
                    ? words[i]
                    : new Word($"#{words[i + KeyAt(words, i, length)].Key}", WordReader.Line(words.Skip(i).Take(length))));
            quantities.Add(quantity);
            i += length - 1;
        }

        return new Measured(made, quantities);
    }

    // Where the number itself stands within its bound.
    private static int KeyAt(IReadOnlyList<Word> words, int i, int length)
    {
        var at = 0;
        while (at < length - 1 && words[i + at].Number is null)
        {
            at++;
        }

        return at;
    }

    private static (Quantity? Quantity, int Length) At(IReadOnlyList<Word> words, int i)
    {
        foreach (var (before, make) in Bounds)
        {
            if (i + before.Length < words.Count && words[i + before.Length].Number is { } bound
                && before.Select((word, k) => words[i + k].Key == word).All(static same => same))
            {
                return (make(bound), before.Length + 1);
            }
        }

        if (words[i].Number is not { } number)
        {
            return (null, 1);
        }

        var after = i + 2 < words.Count && words[i + 1].Key == "or" ? words[i + 2].Key : "";
        return after switch
        {
            "more" => (new Quantity(number, null, true, false, false), 3),
            "fewer" or "less" => (new Quantity(null, number, false, true, false), 3),
            _ => (new Quantity(number, number, true, true, false), 1),
        };
    }
}
