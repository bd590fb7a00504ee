using Orkestron.Agents.Common;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Csv;

internal static class CsvCard
{
    public const int MaxCharacters = 1_000_000;

    public static readonly AgentCard Card = new()
    {
        Provider = BuiltIn.Provider,
        Name = "csv-analyst",
        Version = "1.1.0",
        Title = "CSV analyst",
        Summary = "Describes a CSV text or file, or answers one SELECT (DuckDB SQL) over it as the table data. Up to 1,000,000 "
            + "characters or a file of 20 MB, and 200 columns in; 1,000 rows out, 10 seconds; no network, no settings, no PIVOT.",
        Skills = ["csv", "sql", "data", "statistics"],
        InputSchema = AgentJson.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "CSV to analyse",
              "type": "object",
              "properties": {
                "csv": {
                  "title": "CSV", "description": "The table as CSV text. Leave it out when you give a file.", "type": "string",
                  "minLength": 1, "maxLength": 1000000, "x-multiline": true
                },
                "file": {
                  "title": "CSV file", "description": "The table as a file.", "type": "string", "format": "artifact",
                  "maxLength": 45
                },
                "mode": {
                  "title": "What to do", "description": "Describe every column, or run the SQL.",
                  "enum": ["describe", "query"], "default": "describe"
                },
                "sql": {
                  "title": "SQL", "description": "One SELECT over the table data; needed to query.",
                  "type": "string", "maxLength": 10000, "x-multiline": true
                },
                "header": {
                  "title": "Has a header", "description": "The first line names the columns; else column1, column2 and so on.",
                  "type": "boolean", "default": true
                },
                "delimiter": {
                  "title": "Delimiter", "description": "What separates the fields; auto looks at the first line.",
                  "enum": ["auto", "comma", "semicolon", "tab"], "default": "auto"
                }
              },
              "anyOf": [{ "required": ["csv"] }, { "required": ["file"] }],
              "additionalProperties": false
            }
            """),
        OutputSchema = AgentJson.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Table",
              "type": "object",
              "properties": {
                "columns": {
                  "title": "Columns", "type": "array",
                  "items": {
                    "type": "object",
                    "properties": {
                      "name": { "title": "Name", "type": "string" },
                      "type": { "title": "Type", "type": "string" }
                    },
                    "required": ["name", "type"],
                    "additionalProperties": false
                  }
                },
                "rows": {
                  "title": "Rows", "description": "One value for each column; dates as text.",
                  "type": "array", "maxItems": 1000,
                  "items": { "type": "array", "items": { "type": ["string", "number", "boolean", "null"] } }
                },
                "rowCount": { "title": "Rows given", "type": "integer", "minimum": 0, "maximum": 1000 },
                "dataRows": { "title": "Rows of the CSV", "type": "integer", "minimum": 0 },
                "truncated": { "title": "Truncated", "description": "The result has more rows than are given.",
                  "type": "boolean" }
              },
              "required": ["columns", "rows", "rowCount", "dataRows", "truncated"],
              "additionalProperties": false
            }
            """),
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
        Country = "DE",
        MaxConcurrency = 4,
        Timeout = TimeSpan.FromMinutes(1),
        MaxInputBytes = 2_000_000,
    };
}
