using System.Globalization;
using Orkestron.Journal;

namespace Orkestron.Grains.Common;

/// <summary>Pages of rows ordered by an instant and an id, newest first: the cursor is both, of the last row seen.</summary>
internal static class TimeCursor
{
    /// <summary>The query for one page and one row more, which tells whether there is a next one. A broken cursor is none.</summary>
    public static RowQuery Page(RowQuery query, string atColumn, string idColumn, string? after, int limit)
    {
        query = query with { OrderBy = [atColumn, idColumn], Descending = true, Limit = limit + 1 };
        return after?.Split('_') is [var at, var id]
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var micros)
                ? query with { After = [micros, id] }
                : query;
    }

    /// <summary>The cursor of the page's last row when more follow, or null.</summary>
    /// <param name="rows">What the query of <see cref="Page"/> found.</param>
    /// <param name="limit">The page's limit.</param>
    /// <param name="at">The place of the instant's column.</param>
    /// <param name="id">The place of the id's column.</param>
    public static string? Next(IReadOnlyList<Row> rows, int limit, int at, int id) => rows.Count > limit
        ? string.Create(CultureInfo.InvariantCulture, $"{rows[limit - 1].Integer(at)}_{rows[limit - 1].Text(id)}")
        : null;
}
