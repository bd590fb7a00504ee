using Orkestron.Agents.Common;

namespace Orkestron.Agents.Facts.Wording;

/// <summary>Says in plain words where a claim and a passage differ in what meaning turns on. Pure.</summary>
internal static class Differences
{
    private const int Most = 6;

    public static IReadOnlyList<string> Of(IReadOnlyList<Word> claim, IReadOnlyList<Word> passage)
    {
        var found = new List<string>();
        Only(claim, passage, static word => word.Number is not null || word.IsDate || char.IsAsciiDigit(word.Key[0]),
            "The passage does not have the number or date", found);
        Only(claim, passage, IsName, "The passage does not name", found);
        Denial(claim, passage, found);
        Sides(claim, passage, Lexicon.Reach, "word of reach", found);
        Sides(claim, passage, Lexicon.Mode, "word of condition or possibility", found);
        Sides(claim, passage, Lexicon.Said, "word of reporting", found);
        if (claim.Count > 2 && found.Count == 0 && Order(claim, passage))
        {
            found.Add("Claim and passage have the same words in another order.");
        }

        return [.. found.Take(Most)];
    }

    private static void Only(
        IReadOnlyList<Word> claim, IReadOnlyList<Word> passage, Func<Word, bool> counts, string what, List<string> found)
    {
        var there = passage.Select(static word => word.Key).ToHashSet(StringComparer.Ordinal);
        var lacking = claim.Where(counts).Where(word => !there.Contains(word.Key)).DistinctBy(static word => word.Key).Take(4).ToList();
        if (lacking.Count > 0)
        {
            found.Add($"{what} {string.Join(", ", lacking.Select(static word => Cut(word.Raw)))}.");
        }
    }

    private static bool IsName(Word word, int index) => index > 0 && char.IsUpper(word.Raw[0]) && !word.IsDate && word.Number is null;

    private static void Only(
        IReadOnlyList<Word> claim, IReadOnlyList<Word> passage, Func<Word, int, bool> counts, string what, List<string> found) =>
        Only([.. claim.Where(counts)], passage, static _ => true, what, found);

    private static void Denial(IReadOnlyList<Word> claim, IReadOnlyList<Word> passage, List<string> found)
    {
        var (said, read) = (claim.Count(static word => Lexicon.Denial.Contains(word.Key)), passage.Count(
            static word => Lexicon.Denial.Contains(word.Key)));
        if (said % 2 != read % 2)
        {
            found.Add(said > read ? "The claim denies, the passage does not." : "The passage denies, the claim does not.");
        }
    }

    private static void Sides(
        IReadOnlyList<Word> claim, IReadOnlyList<Word> passage, HashSet<string> words, string kind, List<string> found)
    {
        var said = claim.Where(word => words.Contains(word.Key) && !Lexicon.Denial.Contains(word.Key))
            .Select(static word => word.Key)
            .ToHashSet(StringComparer.Ordinal);
        var read = passage.Where(word => words.Contains(word.Key) && !Lexicon.Denial.Contains(word.Key))
            .Select(static word => word.Key)
            .ToHashSet(StringComparer.Ordinal);
        var (mine, its) = (said.Except(read).Take(3).ToList(), read.Except(said).Take(3).ToList());
        if (mine.Count > 0)
        {
            found.Add($"Only the claim has the {kind} '{string.Join("', '", mine)}'.");
        }

        if (its.Count > 0)
        {
            found.Add($"Only the passage has the {kind} '{string.Join("', '", its)}'.");
        }
    }

    private static bool Order(IReadOnlyList<Word> claim, IReadOnlyList<Word> passage) =>
        claim.Where(static word => word.IsText).Select(static word => word.Key).Order(StringComparer.Ordinal)
            .SequenceEqual(passage.Where(static word => word.IsText).Select(static word => word.Key).Order(StringComparer.Ordinal));

    private static string Cut(string raw) => TextCut.Head(raw, 40);
}
