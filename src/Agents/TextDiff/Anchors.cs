namespace Orkestron.Agents.TextDiff;

/// <summary>Lines that occur once in each of two texts: the longest run of them that is in the same order in both. Pure.</summary>
internal static class Anchors
{
    /// <returns>Places from the beginning of the parts, ascending.</returns>
    public static IReadOnlyList<(int Before, int After)> Of(Part before, Part after)
    {
        var places = Once(after);
        var both = Once(before)
            .Where(each => places.ContainsKey(each.Key))
            .Select(each => (Before: each.Value, After: places[each.Key]))
            .OrderBy(static each => each.Before)
            .ToArray();

        // The longest ascending sequence: for each length the pair that ends it earliest, and the pair before it.
        var ends = new List<int>();
        var previous = new int[both.Length];
        for (var i = 0; i < both.Length; i++)
        {
            var length = ends.BinarySearch(i, Comparer<int>.Create((left, right) => both[left].After.CompareTo(both[right].After)));
            length = length < 0 ? ~length : length;
            previous[i] = length > 0 ? ends[length - 1] : -1;
            if (length == ends.Count)
            {
                ends.Add(i);
            }
            else
            {
                ends[length] = i;
            }
        }

        var longest = new List<(int, int)>();
        for (var i = ends.Count > 0 ? ends[^1] : -1; i >= 0; i = previous[i])
        {
            longest.Add(both[i]);
        }

        longest.Reverse();
        return longest;
    }

    private static Dictionary<int, int> Once(Part part)
    {
        var places = new Dictionary<int, int>();
        for (var i = 0; i < part.Length; i++)
        {
            // Below zero: it occurs again.
            places[part[i]] = places.ContainsKey(part[i]) ? -1 : i;
        }

        return places.Where(static each => each.Value >= 0).ToDictionary();
    }
}
