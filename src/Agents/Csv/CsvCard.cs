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
        Version = "1.2.0",
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
                  "title": "Has a header",
                  "description": "The first line names the columns; else column1, column2 and so on. Left out, it is a header unless it looks like the rows below.",
                  "type": "boolean"
                },
                "delimiter": {
                  "title": "Delimiter", "description": "What separates the fields; auto compares the first lines, and minds quotes.",
                  "enum": ["auto", "comma", "semicolon", "tab", "pipe", "colon", "space"], "default": "auto"
                },
                "decimal": {
                  "title": "Decimal sign", "description": "Point as in 1234.5, comma as in 1234,5; auto looks at all numbers.",
                  "enum": ["auto", "point", "comma"], "default": "auto"
                },
                "thousands": {
                  "title": "Thousands separator", "description": "Comma as in 1,234.5, point as in 1.234,5; auto looks at all numbers.",
                  "enum": ["auto", "none", "comma", "point", "space", "apostrophe"], "default": "auto"
                },
                "dateOrder": {
                  "title": "Order of dates",
                  "description": "dmy as in 31.12.2026, mdy as in 12/31/2026; auto looks for days beyond 12. A year in front is always understood.",
                  "enum": ["auto", "ymd", "dmy", "mdy"], "default": "auto"
                },
                "encoding": {
                  "title": "Encoding of the file", "description": "auto takes a byte order mark, then UTF-8, then Windows-1252 where it fits.",
                  "enum": [
                    "auto", "utf-8", "utf-16", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1", "iso-8859-2", "iso-8859-15",
                    "windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1257", "koi8-r", "ibm437", "ibm850",
                    "macintosh", "shift_jis", "euc-kr", "big5", "gb18030"
                  ],
                  "default": "auto"
                },
                "skipLines": {
                  "title": "Lines to skip", "description": "Lines before the table, such as a title. Left out, they are found.",
                  "type": "integer", "minimum": 0, "maximum": 1000
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
                  "title": "Rows",
                  "description": "One value for each column; as text what JSON numbers cannot say exactly, dates and lists among them.",
                  "type": "array", "maxItems": 1000,
                  "items": { "type": "array", "items": { "type": ["string", "number", "boolean", "null"] } }
                },
                "rowCount": { "title": "Rows given", "type": "integer", "minimum": 0, "maximum": 1000 },
                "dataRows": { "title": "Rows of the CSV", "type": "integer", "minimum": 0 },
                "truncated": { "title": "Truncated", "description": "The result has more rows than are given.",
                  "type": "boolean" },
                "read": {
                  "title": "How the CSV was read", "type": "object",
                  "properties": {
                    "encoding": { "title": "Encoding", "description": "Of a file.", "type": "string" },
                    "delimiter": { "title": "Delimiter", "type": "string" },
                    "decimal": { "title": "Decimal sign", "type": "string" },
                    "thousands": { "title": "Thousands separator", "type": "string" },
                    "dateOrder": { "title": "Order of dates", "type": "string" },
                    "header": { "title": "Has a header", "type": "boolean" },
                    "skippedLines": { "title": "Lines skipped", "type": "integer", "minimum": 0 },
                    "guessed": {
                      "title": "Guessed", "description": "Which of these the input left open.",
                      "type": "array", "items": { "type": "string" }
                    },
                    "columns": {
                      "title": "Columns of the CSV", "type": "array",
                      "items": {
                        "type": "object",
                        "properties": {
                          "name": { "title": "Name", "type": "string" },
                          "type": { "title": "Type", "type": "string" }
                        },
                        "required": ["name", "type"],
                        "additionalProperties": false
                      }
                    }
                  },
                  "required": ["delimiter", "header", "skippedLines", "guessed", "columns"],
                  "additionalProperties": false
                },
                "notes": {
                  "title": "Notes", "description": "What to know about how the CSV was read.",
                  "type": "array", "items": { "type": "string" }
                }
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
