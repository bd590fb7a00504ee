using Orkestron.Agents.Common;
using Orkestron.Agents.Facts.Wording;

namespace Orkestron.Agents.Facts;

/// <summary>What the rules say of one claim.</summary>
/// <param name="Verdict">Null when no rule carries one.</param>
/// <param name="Reason">Why, in a sentence or two.</param>
/// <param name="Source">Which source has the passage.</param>
/// <param name="Passage">The passage that the reason is about; null when there is none.</param>
internal sealed record Ruling(Verdict? Verdict, string Reason, int Source, Statement? Passage);

/// <summary>
/// Decides about a claim by comparing wording. It says "supported" or "contradicted" only where the wording alone shows it; nearness in
/// meaning never does. Pure.
/// </summary>
internal static class ClaimRules
{
    /// <param name="claim">One statement, or several that have to stand together.</param>
    /// <param name="sources">The statements of each source.</param>
    public static Ruling Decide(string claim, IReadOnlyList<IReadOnlyList<Statement>> sources)
    {
        var parts = SentenceSplitter.Split(claim)
            .Select(static part => new Statement(part.Offset, part.Text, WordReader.Read(part.Text), null))
            .ToList();
        if (parts.Count == 0 || parts.Exists(static part => part.Words.Any(static word => word.Key == "?")))
        {
            return new Ruling(Verdict.CannotTell, "This is no statement: claims say something, they do not ask.", 0, null);
        }

        return parts.Count == 1 ? One(parts[0], sources) : Several(parts, sources);
    }

    private static Ruling One(Statement claim, IReadOnlyList<IReadOnlyList<Statement>> sources)
    {
        Occurrence? states = null, against = null, doubted = null, longer = null;
        for (var s = 0; s < sources.Count; s++)
        {
            foreach (var statement in sources[s])
            {
                var match = Comparison.Of(claim, statement);
                var occurrence = new Occurrence(s, statement, match);
                if (match is Match.Same or Match.Implied)
                {
                    (states, doubted) = statement.Doubt is null ? (states ?? occurrence, doubted) : (states, doubted ?? occurrence);
                }
                else if (match is not Match.None)
                {
                    (against, doubted) = statement.Doubt is null ? (against ?? occurrence, doubted) : (against, doubted ?? occurrence);
                }
                else if (statement.Words.Count > claim.Words.Count && Comparison.Within(claim.Words, statement.Words) >= 0)
                {
                    longer = longer is null || SpeaksAgainst(statement) ? occurrence : longer;
                }
            }
        }

        return (states, against) switch
        {
            ({ } yes, { } no) => Rule(Verdict.CannotTell, $"The sources disagree: one passage states this, another does not: '{Short(no.Statement)}'.", yes),
            ({ } yes, null) when longer is { } other && SpeaksAgainst(other.Statement) =>
                Rule(Verdict.CannotTell, $"One passage states this, but another may deny or only report it: '{Short(other.Statement)}'.", yes),
            ({ } yes, null) => Rule(Verdict.Supported, yes.Match == Match.Same
                ? States(claim)
                : "A passage makes the same statement with a number that the claim's wording allows.", yes),
            (null, { } no) => Rule(Verdict.Contradicted, no.Match == Match.OtherNumber
                ? "A passage makes the same statement with another number."
                : "A passage makes the same statement, but one of the two denies it.", no),
            _ when doubted is { } unsure => Rule(Verdict.CannotTell, $"A passage has nearly these words, but it {unsure.Statement.Doubt}.", unsure),
            _ when longer is { } within => Rule(
                Verdict.CannotTell, "A passage has these words within a longer sentence: read whether the rest changes them.", within),
            _ => new Ruling(null, "", 0, null),
        };
    }

    // Sentences of one claim must stand next to each other: "it" may mean something else a paragraph later.
    private static Ruling Several(List<Statement> parts, IReadOnlyList<IReadOnlyList<Statement>> sources)
    {
        for (var s = 0; s < sources.Count; s++)
        {
            for (var at = 0; at + parts.Count <= sources[s].Count; at++)
            {
                if (
                    parts.Select(
                        (part, k) =>
                            sources[s][at + k] is { Doubt: null } there
                                && Comparison.Of(part, there) == Match.Same).All(static same => same))
                {
                    return new Ruling(Verdict.Supported, "A passage states this nearly word for word.", s, sources[s][at]);
                }
            }
        }

        var rulings = parts.Select(part => One(part, sources)).ToList();
        return rulings.Find(static ruling => ruling.Verdict == Verdict.Contradicted) is { } wrong
            ? wrong
            : rulings.Find(static ruling => ruling.Passage is not null) is { } part
                ? part with { Verdict = Verdict.CannotTell, Reason = "The claim has several sentences, and no passage states them one after the other. Check them one at a time." }
                : new Ruling(null, "", 0, null);
    }

    private static string States(Statement claim) => Pronouns.Contains(claim.Words[0].Key)
        ? $"A passage states this nearly word for word; who or what '{claim.Words[0].Raw}' is, only the words before it tell."
        : "A passage states this nearly word for word.";

    private static readonly HashSet<string> Pronouns =
        new(["he", "she", "it", "they", "we", "i", "you", "this", "that", "these", "those"], StringComparer.Ordinal);

    private static bool SpeaksAgainst(Statement statement) =>
        Lexicon.Doubtful().IsMatch(statement.Text)
            || statement.Words.Any(static word => Lexicon.Denial.Contains(word.Key) || Lexicon.Said.Contains(word.Key));

    private static Ruling Rule(Verdict verdict, string reason, Occurrence occurrence) =>
        new(verdict, reason, occurrence.Source, occurrence.Statement);

    private static string Short(Statement statement) => WordReader.Line(statement.Words, 120);

    private sealed record Occurrence(int Source, Statement Statement, Match Match);
}
