using System.Globalization;
using System.Text;

namespace Orkestron.Journal.Rows;

/// <summary>The text of a checked query, in the part of SQL that both stores speak. Values are parameters, in order.</summary>
/// <remarks>Names come from checked declarations only: lower-case snake case.</remarks>
internal sealed class QuerySql
{
    private readonly StringBuilder _text = new(256);
    private readonly SqlDialect _dialect;

    private QuerySql(SqlDialect dialect) => _dialect = dialect;

    public List<object> Values { get; } = [];

    public static QuerySql Select(RowQuery query, SqlDialect dialect)
    {
        var sql = new QuerySql(dialect);
        sql._text.Append("SELECT ").AppendJoin(", ", query.Table.Columns.Select(column => Quote(column.Name)));
        sql.From(query);
        sql.Order(query);
        sql._text.Append(" LIMIT ").Append(sql.Add((long)query.Limit));
        return sql;
    }

    public static QuerySql Aggregate(RowQuery query, string? sumColumn, SqlDialect dialect)
    {
        var sql = new QuerySql(dialect);
        sql._text.Append("SELECT ").Append(sumColumn is null ? "count(*)" : dialect.Sum(Quote(sumColumn)));
        sql.From(query);
        return sql;
    }

    /// <summary>The condition with its value as a literal: a store recognises by the text that a partial index answers the query.</summary>
    public static string Condition(RowCondition condition) => condition.Other is { } other
        ? $"{Quote(condition.Column)} <> '{other}'"
        : $"{Quote(condition.Column)} IS NOT NULL";

    public static string Quote(string name) => $"\"{name}\"";

    public override string ToString() => _text.ToString();

    private void From(RowQuery query)
    {
        _text.Append(" FROM ").Append(Quote(query.Table.Name));
        var word = " WHERE ";
        foreach (var filter in query.Filters)
        {
            _text.Append(word).Append(Test(filter));
            word = " AND ";
        }

        if (!query.After.IsEmpty)
        {
            // Row values compare column by column, and both stores can answer them from an index.
            _text.Append(word).Append('(').AppendJoin(", ", query.OrderBy.Select(Quote)).Append(')')
                .Append(query.Descending ? " < (" : " > (").AppendJoin(", ", query.After.Select(Add)).Append(')');
        }
    }

    private void Order(RowQuery query)
    {
        var direction = query.Descending ? " DESC" : "";
        _text.Append(" ORDER BY ").AppendJoin(", ", query.OrderBy.Select(name => Quote(name) + direction));
    }

    private string Test(RowFilter filter)
    {
        var column = Quote(filter.Column);
        return filter.Test switch
        {
            RowTest.Is => $"{column} = {Add(filter.Value)}",
            RowTest.AtMost => $"{column} <= {Add(filter.Value)}",
            RowTest.AtLeast => $"{column} >= {Add(filter.Value)}",
            RowTest.IsNot => Condition(new RowCondition(filter.Column, (string)filter.Value)),
            RowTest.Contains => _dialect.Contains(column, Add(filter.Value)),
            RowTest.IsAnyOf => _dialect.IsAnyOf(column, (string[])filter.Value, Add),
            _ => throw new ArgumentException($"There is no test {filter.Test}."),
        };
    }

    private string Add(object value)
    {
        Values.Add(value);
        return "$" + Values.Count.ToString(CultureInfo.InvariantCulture);
    }
}
