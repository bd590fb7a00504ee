using System.Globalization;

namespace Orkestron.Domain.Tasks;

/// <summary>The order of places in an agent's code: <c>2.0.1</c> comes before <c>2.1</c>, and <c>2.10</c> after it.</summary>
public static class CommandIds
{
    /// <summary>The order, to sort by.</summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create(Compare);

    /// <summary>Below zero when the first place comes before the second one; numbers come before words.</summary>
    public static int Compare(string first, string second)
    {
        var (a, b) = (Parts(first), Parts(second));
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            var order = (Number(a[i]), Number(b[i])) switch
            {
                ({ } left, { } right) => left.CompareTo(right),
                ({ }, null) => -1,
                (null, { }) => 1,
                _ => string.CompareOrdinal(a[i], b[i]),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return a.Length.CompareTo(b.Length);
    }

    private static string[] Parts(string place) => place.Length == 0 ? [] : place.Split('.');

    private static int? Number(string part) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
