using System.Globalization;
using System.Text;

namespace Orkestron.Agents.TextDiff;

/// <summary>Writes the unified format of diff(1). Pure.</summary>
internal static class UnifiedDiff
{
    private const string Header = "--- before\n+++ after\n";
    private const string NoLineBreak = "\\ No newline at end of file\n";

    /// <param name="before">The lines of the earlier text.</param>
    /// <param name="after">The lines of the later text.</param>
    /// <param name="pairs">The lines that are the same, ascending.</param>
    /// <param name="context">How many unchanged lines to show around a change.</param>
    /// <param name="most">The longest diff in characters.</param>
    /// <returns>The diff, empty when nothing differs, and whether hunks at its end are left out.</returns>
    public static (string Diff, bool Truncated) Write(
        IReadOnlyList<TextLine> before, IReadOnlyList<TextLine> after, IReadOnlyList<(int Before, int After)> pairs, int context, int most)
    {
        var diff = new StringBuilder(Header);
        foreach (var changes in Hunks(Changes(before.Count, after.Count, pairs), context))
        {
            var length = diff.Length;
            Write(diff, before, after, changes, context);
            if (diff.Length > most)
            {
                diff.Length = length;
                return (diff.ToString(), true);
            }
        }

        return (diff.Length > Header.Length ? diff.ToString() : "", false);
    }

    /// <summary>What lies between the lines that are the same.</summary>
    private static List<Change> Changes(int before, int after, IReadOnlyList<(int Before, int After)> pairs)
    {
        var changes = new List<Change>();
        var (from, to) = (0, 0);
        foreach (var (left, right) in pairs.Append((before, after)))
        {
            if (left > from || right > to)
            {
                changes.Add(new Change(from, left, to, right));
            }

            (from, to) = (left + 1, right + 1);
        }

        return changes;
    }

    /// <summary>Changes whose context touches stand in one hunk.</summary>
    private static IEnumerable<List<Change>> Hunks(List<Change> changes, int context)
    {
        var hunk = new List<Change>();
        foreach (var change in changes)
        {
            if (hunk.Count > 0 && change.From - hunk[^1].To > 2 * context)
            {
                yield return hunk;
                hunk = [];
            }

            hunk.Add(change);
        }

        if (hunk.Count > 0)
        {
            yield return hunk;
        }
    }

    private static void Write(
        StringBuilder diff, IReadOnlyList<TextLine> before, IReadOnlyList<TextLine> after, List<Change> changes, int context)
    {
        var (first, last) = (changes[0], changes[^1]);
        var lead = Math.Min(context, first.From);
        var trail = Math.Min(context, before.Count - last.To);
        diff.Append("@@ -")
            .Append(Range(first.From - lead, last.To + trail))
            .Append(" +")
            .Append(Range(first.FromAfter - lead, last.ToAfter + trail))
            .Append(" @@\n");
        var at = first.From - lead;
        foreach (var change in changes)
        {
            Write(diff, ' ', before, at, change.From);
            Write(diff, '-', before, change.From, change.To);
            Write(diff, '+', after, change.FromAfter, change.ToAfter);
            at = change.To;
        }

        Write(diff, ' ', before, at, at + trail);
    }

    private static void Write(StringBuilder diff, char sign, IReadOnlyList<TextLine> lines, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            diff.Append(sign).Append(lines[i].Text).Append('\n').Append(lines[i].Ended ? "" : NoLineBreak);
        }
    }

    // Lines count from 1; no lines stand after the line before them.
    private static string Range(int from, int to) =>
        string.Create(CultureInfo.InvariantCulture, $"{(to > from ? from + 1 : from)},{to - from}");

    private readonly record struct Change(int From, int To, int FromAfter, int ToAfter);
}
