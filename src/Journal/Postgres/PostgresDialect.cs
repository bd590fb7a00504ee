using Orkestron.Journal.Rows;

namespace Orkestron.Journal.Postgres;

internal sealed class PostgresDialect : SqlDialect
{
    public static readonly PostgresDialect Instance = new();

    // sum(bigint) is numeric; a sum beyond 64 bits is an error, not a wrong number.
    public override string Sum(string column) => $"coalesce(sum({column}), 0)::bigint";

    // The columns' own collation is C, which lowers ASCII only.
    public override string Contains(string column, string value) =>
        $"strpos(lower({column} COLLATE \"und-x-icu\"), lower({value} COLLATE \"und-x-icu\")) > 0";

    public override string IsAnyOf(string column, string[] values, Func<object, string> add) =>
        $"{column} = ANY ({add(values)})";
}
