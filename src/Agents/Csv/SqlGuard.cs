using System.Collections.Immutable;
using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Csv;

/// <summary>
/// Decides on a statement's syntax tree, as the database itself parsed it, whether it may run: one SELECT over the
/// table <c>data</c> and the common table expressions that are in scope where they are named, with functions known to be
/// harmless and bounded. What is not known is refused, so a newer database brings no new hole.
/// </summary>
internal static class SqlGuard
{
    private static readonly ImmutableHashSet<string> Tables = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "data");

    // What may stand after FROM. Names are looked at where they are, functions likewise.
    private static readonly HashSet<string> Sources =
    [
        "EMPTY", "BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EXPRESSION_LIST", "PIVOT", "SHOW_REF",
    ];

    /// <summary>The result of <c>json_serialize_sql</c>.</summary>
    /// <exception cref="AgentRefusedException">Code <c>sql_not_allowed</c> or <c>sql_invalid</c>.</exception>
    public static void MustBeAllowed(JsonElement tree)
    {
        if (tree.GetProperty("error").GetBoolean())
        {
            var syntax = tree.TryGetProperty("error_type", out var type) && type.ValueEquals("parser");
            throw syntax
                ? new AgentRefusedException(
                    "The SQL cannot be parsed: " + tree.GetProperty("error_message").GetString())
                { Code = "sql_invalid" }
                : NotAllowed("only one SELECT statement may be run");
        }

        var statements = tree.GetProperty("statements");
        if (statements.GetArrayLength() != 1)
        {
            throw NotAllowed("only one statement may be run");
        }

        Walk(statements, Tables);
    }

    public static AgentRefusedException NotAllowed(string why) =>
        new($"This SQL is not allowed: {why}. Query the table `data` with one SELECT.") { Code = "sql_not_allowed" };

    private static void Walk(JsonElement node, ImmutableHashSet<string> tables)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray())
            {
                Walk(item, tables);
            }
        }

        if (node.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        CheckObject(node, tables);
        var within = WithExpressions(node, tables);
        foreach (var child in node.EnumerateObject())
        {
            // The expressions have been walked, and a constant's value is data: nothing in it is run.
            if (child.Name != "cte_map" && (child.Name != "value" || !Is(node, "class", "CONSTANT")))
            {
                Walk(child.Value, child.Name == "right" ? Recursive(node, within) : within);
            }
        }
    }

    // An expression sees those before it, and itself only in the second part of a recursion: its own name elsewhere means
    // a table of that name, which may be one of the catalogue.
    private static ImmutableHashSet<string> WithExpressions(JsonElement query, ImmutableHashSet<string> tables)
    {
        if (!query.TryGetProperty("cte_map", out var expressions) || !expressions.TryGetProperty("map", out var map))
        {
            return tables;
        }

        foreach (var expression in map.EnumerateArray())
        {
            Walk(expression.GetProperty("value"), tables);
            tables = tables.Add(Text(expression, "key"));
        }

        return tables;
    }

    private static ImmutableHashSet<string> Recursive(JsonElement node, ImmutableHashSet<string> tables) =>
        Is(node, "type", "RECURSIVE_CTE_NODE") ? tables.Add(Text(node, "cte_name")) : tables;

    private static void CheckObject(JsonElement node, ImmutableHashSet<string> tables)
    {
        if (node.TryGetProperty("from_table", out var source) && source.ValueKind == JsonValueKind.Object
            && !Sources.Contains(Text(source, "type")))
        {
            throw NotAllowed($"`{Cut(Text(source, "type"))}` may not stand after FROM");
        }

        if (Is(node, "type", "BASE_TABLE"))
        {
            var name = Text(node, "table_name");
            var qualified = Text(node, "schema_name").Length + Text(node, "catalog_name").Length > 0;
            if (qualified || !tables.Contains(name))
            {
                throw NotAllowed($"there is no table `{Cut(name)}`");
            }
        }

        if (Is(node, "type", "TABLE_FUNCTION")
            && !(node.TryGetProperty("function", out var call) && SqlFunctions.IsTableFunction(Text(call, "function_name"))))
        {
            throw NotAllowed("the only table function is unnest");
        }

        if (Is(node, "type", "SHOW_REF") && !IsDescription(node))
        {
            throw NotAllowed("settings and the catalogue are closed");
        }

        if (node.TryGetProperty("function_name", out var function) && !SqlFunctions.IsAllowed(function.GetString() ?? ""))
        {
            throw NotAllowed($"the function `{Cut(function.GetString() ?? "")}` is not on the list of allowed functions");
        }
    }

    // With a query of its own, whose tables are looked at like any other's. A bare name would be one of the catalogue.
    private static bool IsDescription(JsonElement node) =>
        (Is(node, "show_type", "DESCRIBE") || Is(node, "show_type", "SUMMARY"))
        && node.TryGetProperty("query", out var query) && query.ValueKind == JsonValueKind.Object
        && Text(node, "table_name").Length == 0;

    private static bool Is(JsonElement node, string name, string value) =>
        node.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String && found.ValueEquals(value);

    private static string Text(JsonElement node, string name) =>
        node.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString()! : "";

    private static string Cut(string text) => TextCut.Head(text, 60);
}
