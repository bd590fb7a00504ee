using System.Text.Json;
using Microsoft.Extensions.Options;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Csv;

/// <summary>SQL over a CSV text, in a locked database in memory.</summary>
internal sealed class CsvAgent(WorkGate gate, IOptions<AgentsOptions> options) : IAgent
{
    public AgentCard Card => CsvCard.Card;

    public Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var request = AgentJson.Read<CsvInput>(input);
        var csv = Check.Text(request.Csv, "csv", CsvCard.MaxCharacters);
        var sql = request.Mode == CsvMode.Query ? Check.Text(request.Sql, "sql", 10_000) : "SUMMARIZE data";
        return gate.RunAsync(() => Analyse(csv, sql, request, context, cancellationToken), cancellationToken);
    }

    private JsonElement Analyse(
        string csv, string sql, CsvInput request, IAgentContext context, CancellationToken cancellationToken)
    {
        context.Progress(5, "Reading the CSV text");
        var table = CsvTable.Read(csv, request.Header, request.Delimiter, cancellationToken);
        context.Progress(30, $"Loading {table.Rows.Count} rows of {table.Names.Count} columns");
        using var database = CsvDatabase.Open(table, options.Value.CsvMemoryMebibytes, cancellationToken);
        SqlGuard.MustBeAllowed(database.Parse(sql));
        context.Progress(60, "Running the SQL");
        var timeout = TimeSpan.FromSeconds(options.Value.CsvTimeoutSeconds);
        var result = database.Run(sql, timeout, context.Clock, cancellationToken);
        context.Write(string.Join(" | ", result.Columns.Select(c => c.Name)) + "\n");
        foreach (var row in result.Rows.Take(50))
        {
            context.Write(string.Join(" | ", row) + "\n");
        }

        context.Progress(100, $"{result.Rows.Count} rows{(result.Truncated ? ", and more that were cut off" : "")}");
        return AgentJson.Answer(
            new CsvAnswer(result.Columns, result.Rows, result.Rows.Count, table.Rows.Count, result.Truncated));
    }
}
