using System.Text.Json;
using Microsoft.Extensions.Options;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Csv;

/// <summary>SQL over a CSV text or file, in a locked database in memory.</summary>
internal sealed class CsvAgent(WorkGate gate, IOptions<AgentsOptions> options) : IAgent
{
    public AgentCard Card => CsvCard.Card;

    public async Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var request = AgentJson.Read<CsvInput>(input);
        var sql = request.Mode == CsvMode.Query ? Check.Text(request.Sql, "sql", 10_000) : "SUMMARIZE data";
        context.Progress(5, "Reading the CSV");
        using var source = await CsvSource.OpenAsync(request, context, cancellationToken);
        return await gate.RunAsync(() => Analyse(source, sql, request, context, cancellationToken), cancellationToken);
    }

    private JsonElement Analyse(
        CsvSource source, string sql, CsvInput request, IAgentContext context, CancellationToken cancellationToken)
    {
        // Before the text: both read the same file.
        var firstLine = source.FirstLine();
        using var text = source.Read();
        using var table = CsvTable.Open(text, firstLine, request.Header, request.Delimiter);
        context.Progress(20, $"Loading {table.Names.Count} columns");
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
            new CsvAnswer(result.Columns, result.Rows, result.Rows.Count, table.Count, result.Truncated));
    }
}
