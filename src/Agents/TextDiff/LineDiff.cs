namespace Orkestron.Agents.TextDiff;

/// <summary>
/// Finds the lines that two texts have in common, in order: by Myers' greedy algorithm, which finds the most there are while the
/// texts differ in few lines. Beyond that the texts are first cut at lines that occur once in each (patience diff), so that the work
/// stays bounded whatever the texts are. Pure.
/// </summary>
internal static class LineDiff
{
    /// <summary>How many lines may differ for Myers' algorithm. Its memory grows with the square: 1,000 take 4 MB.</summary>
    private const int MaxEdits = 1_000;
    private const int MaxCuts = 8;

    /// <summary>The places of lines that are the same, in both texts ascending.</summary>
    public static IReadOnlyList<(int Before, int After)> Pairs(int[] before, int[] after, CancellationToken cancellationToken)
    {
        var pairs = new List<(int, int)>();
        Add(new Part(before, 0, before.Length), new Part(after, 0, after.Length), pairs, 0, cancellationToken);
        return pairs;
    }

    private static void Add(Part before, Part after, List<(int, int)> pairs, int cuts, CancellationToken cancellationToken)
    {
        while (before.Length > 0 && after.Length > 0 && before[0] == after[0])
        {
            pairs.Add((before.From, after.From));
            (before, after) = (before.Within(1, before.Length), after.Within(1, after.Length));
        }

        var tail = 0;
        while (tail < before.Length && tail < after.Length && before[before.Length - 1 - tail] == after[after.Length - 1 - tail])
        {
            tail++;
        }

        Between(before.Within(0, before.Length - tail), after.Within(0, after.Length - tail), pairs, cuts, cancellationToken);
        for (var i = tail; i > 0; i--)
        {
            pairs.Add((before.To - i, after.To - i));
        }
    }

    private static void Between(Part before, Part after, List<(int, int)> pairs, int cuts, CancellationToken cancellationToken)
    {
        if (before.Length == 0 || after.Length == 0)
        {
            return;
        }

        if (Myers(before, after, cancellationToken) is { } found)
        {
            pairs.AddRange(found);
            return;
        }

        var anchors = cuts < MaxCuts ? Anchors.Of(before, after) : [];
        var (from, to) = (0, 0);
        foreach (var (left, right) in anchors)
        {
            Add(before.Within(from, left), after.Within(to, right), pairs, cuts + 1, cancellationToken);
            pairs.Add((before.From + left, after.From + right));
            (from, to) = (left + 1, right + 1);
        }

        if (anchors.Count > 0)
        {
            Add(before.Within(from, before.Length), after.Within(to, after.Length), pairs, cuts + 1, cancellationToken);
        }
    }

    /// <summary>The common lines, or null when more lines differ than are looked for.</summary>
    private static List<(int, int)>? Myers(Part before, Part after, CancellationToken cancellationToken)
    {
        var most = Math.Min(MaxEdits, before.Length + after.Length);
        var rows = new List<int[]>();
        var reached = new int[(2 * most) + 3];
        for (var edits = 0; edits <= most; edits++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var diagonal = -edits; diagonal <= edits; diagonal += 2)
            {
                var at = most + 1 + diagonal;
                var x = diagonal == -edits || (diagonal != edits && reached[at - 1] < reached[at + 1])
                    ? reached[at + 1]
                    : reached[at - 1] + 1;
                var y = x - diagonal;
                while (x < before.Length && y < after.Length && before[x] == after[y])
                {
                    (x, y) = (x + 1, y + 1);
                }

                reached[at] = x;
                if (x >= before.Length && y >= after.Length)
                {
                    return Back(before, after, rows, edits);
                }
            }

            // Only the diagonals that this many edits can reach are kept.
            rows.Add(reached[(most + 1 - edits)..(most + 2 + edits)]);
        }

        return null;
    }

    private static List<(int, int)> Back(Part before, Part after, List<int[]> rows, int edits)
    {
        var pairs = new List<(int, int)>();
        var (x, y) = (before.Length, after.Length);
        for (; edits > 0; edits--)
        {
            var row = rows[edits - 1];
            var diagonal = x - y;
            int At(int other) => Math.Abs(other) <= edits - 1 ? row[other + edits - 1] : -1;
            var down = diagonal == -edits || (diagonal != edits && At(diagonal - 1) < At(diagonal + 1));
            var previous = down ? diagonal + 1 : diagonal - 1;
            var (fromX, startX) = (At(previous), down ? At(previous) : At(previous) + 1);
            for (; x > startX; x--, y--)
            {
                pairs.Add((before.From + x - 1, after.From + y - 1));
            }

            (x, y) = (fromX, fromX - previous);
        }

        for (; x > 0 && y > 0; x--, y--)
        {
            pairs.Add((before.From + x - 1, after.From + y - 1));
        }

        pairs.Reverse();
        return pairs;
    }
}
