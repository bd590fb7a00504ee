using System.Runtime.CompilerServices;

namespace Orkestron.Journal;

/// <summary>Reads all rows of a query, however many.</summary>
public static class RowPages
{
    /// <summary>The rows that match, page by page, each of up to the query's limit.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="query">
    /// What to read, ordered by its key or by columns that are unique together and never null in the rows that match.
    /// </param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<IReadOnlyList<Row>> PagesAsync(
        this IJournal journal, RowQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(query);
        var table = query.Table;
        int[] order = query.OrderBy.IsEmpty
            ? [.. Enumerable.Range(0, table.KeyColumns)]
            : [.. query.OrderBy.Select(name => table.IndexOf(name))];
        while (true)
        {
            var page = await journal.QueryAsync(query, cancellationToken);
            if (page.Count > 0)
            {
                yield return page;
            }

            if (page.Count < query.Limit)
            {
                yield break;
            }

            query = query with { After = [.. order.Select(column => page[^1].Values[column]!)] };
        }
    }
}
