using System.Text.Json;
using Orkestron.Agents.Cards;
using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Csv;

internal static class CsvCard
{
    public const string Name = "csv-analyst";
    public const int MaxCharacters = 1_000_000;
    public const int MaxSql = 10_000;

    // One of text and file is needed; the encodings are a table of their own.
    private static readonly string InputPatch = $$"""
        {
          "properties": { "encoding": { "enum": {{JsonSerializer.Serialize(TextEncodings.Names)}} } },
          "anyOf": [{ "required": ["csv"] }, { "required": ["file"] }]
        }
        """;

    // A cell is a simple value. The words that say how the CSV was read stay open: later versions may add some.
    private const string OutputPatch = """
        {
          "properties": {
            "rows": { "items": { "items": { "type": ["string", "number", "boolean", "null"] } } },
            "read": {
              "properties": {
                "delimiter": { "enum": null }, "decimal": { "enum": null }, "thousands": { "enum": null }, "dateOrder": { "enum": null }
              }
            }
          }
        }
        """;

    public static readonly AgentCard Card = new()
    {
        Provider = BuiltIn.Provider,
        Name = Name,
        Version = "1.2.0",
        Title = "CSV analyst",
        Summary = "Describes a CSV text or file, or answers one SELECT (DuckDB SQL) over it as the table data. Up to 1,000,000 "
            + "characters or a file of 20 MB, and 200 columns in; 1,000 rows out, 10 seconds; no network, no settings, no PIVOT.",
        Skills = ["csv", "sql", "data", "statistics"],
        InputSchema = CardSchema.Of<CsvInput>(InputPatch),
        OutputSchema = CardSchema.Of<CsvAnswer>(OutputPatch),
        Examples =
        [
            new AgentExample("Revenue by region", AgentJson.Parse("""
                {
                  "csv": "region,month,revenue\nNorth,2026-01-01,1200.50\nSouth,2026-01-01,980\nNorth,2026-02-01,1310\nSouth,2026-02-01,1105.25\nWest,2026-02-01,400\n",
                  "mode": "query",
                  "sql": "SELECT region, sum(revenue) AS revenue, count(*) AS months FROM data GROUP BY region ORDER BY revenue DESC"
                }
                """)),
            new AgentExample("Describe a list of orders", AgentJson.Parse("""
                {
                  "csv": "order;customer;paid;total\n1;Arslan;true;19.90\n2;Bauer;false;250\n3;Costa;true;7.25\n",
                  "mode": "describe"
                }
                """)),
        ],
        Price = new AgentPrice(new Tokens(20_000), new Tokens(1_000)),
        Country = BuiltIn.Country,
        MaxConcurrency = 4,
        Timeout = TimeSpan.FromMinutes(1),
        MaxInputBytes = 2_000_000,
    };
}
