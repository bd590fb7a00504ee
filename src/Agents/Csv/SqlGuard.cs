using System.Text.Json;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Csv;

/// <summary>
/// Decides on a statement's syntax tree, as the database itself parsed it, whether it may run: one SELECT over the
/// table <c>data</c> and its own common table expressions, with functions known to be harmless and bounded. What is
/// not known is refused, so a newer database brings no new hole.
/// </summary>
internal static class SqlGuard
{
    /// <summary>The result of <c>json_serialize_sql</c>.</summary>
    /// <exception cref="AgentRefusedException">Code <c>sql_not_allowed</c> or <c>sql_invalid</c>.</exception>
    public static void MustBeAllowed(JsonElement tree)
    {
        if (tree.GetProperty("error").GetBoolean())
        {
            var syntax = tree.TryGetProperty("error_type", out var type) && type.ValueEquals("parser");
            throw syntax
                ? new AgentRefusedException("The SQL cannot be parsed: " + tree.GetProperty("error_message").GetString()) { Code = "sql_invalid" }
                : NotAllowed("only one SELECT statement may be run");
        }

        var statements = tree.GetProperty("statements");
        if (statements.GetArrayLength() != 1)
        {
            throw NotAllowed("only one statement may be run");
        }

        var tables = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "data" };
        CollectExpressions(statements, tables);
        Walk(statements, tables);
    }

    public static AgentRefusedException NotAllowed(string why) =>
        new($"This SQL is not allowed: {why}. Query the table `data` with one SELECT.") { Code = "sql_not_allowed" };

    private static void CollectExpressions(JsonElement node, HashSet<string> tables)
    {
        foreach (var child in Children(node))
        {
            if (child.Name == "cte_map" && child.Value.TryGetProperty("map", out var map))
            {
                tables.UnionWith(map.EnumerateArray().Select(e => e.GetProperty("key").GetString()!));
            }

            CollectExpressions(child.Value, tables);
        }
    }

    private static void Walk(JsonElement node, HashSet<string> tables)
    {
        if (node.ValueKind == JsonValueKind.Object)
        {
            CheckObject(node, tables);
        }

        foreach (var child in Children(node))
        {
            // A constant's value is data; nothing in it is run.
            if (child.Name != "value" || !Is(node, "class", "CONSTANT"))
            {
                Walk(child.Value, tables);
            }
        }
    }

    private static void CheckObject(JsonElement node, HashSet<string> tables)
    {
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

        if (Is(node, "type", "SHOW_REF") && !(Is(node, "show_type", "DESCRIBE") || Is(node, "show_type", "SUMMARY")))
        {
            throw NotAllowed("settings and the catalogue are closed");
        }

        if (node.TryGetProperty("function_name", out var function) && !SqlFunctions.IsAllowed(function.GetString() ?? ""))
        {
            throw NotAllowed($"the function `{Cut(function.GetString() ?? "")}` is not on the list of allowed functions");
        }
    }

    private static IEnumerable<(string Name, JsonElement Value)> Children(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().Select(p => (p.Name, p.Value)),
        JsonValueKind.Array => node.EnumerateArray().Select(v => ("", v)),
        _ => [],
    };

    private static bool Is(JsonElement node, string name, string value) =>
        node.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String && found.ValueEquals(value);

    private static string Text(JsonElement node, string name) =>
        node.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString()! : "";

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60];
}
