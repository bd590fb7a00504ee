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
        var sql = request.Mode == CsvMode.Query ? Check.Text(request.Sql, "sql", CsvCard.MaxSql) : "SUMMARIZE data";
        context.Progress(5, "Reading the CSV");
        var source = await CsvSource.OpenAsync(request, context, cancellationToken);
        return await gate.RunAsync(() => Analyse(source, sql, request, context, cancellationToken), cancellationToken);
    }

    private JsonElement Analyse(
        CsvSource source, string sql, CsvInput request, IAgentContext context, CancellationToken cancellationToken)
    {
        using var loaded = CsvLoad.Of(source, request, options.Value.CsvMemoryMebibytes, context, cancellationToken);
        SqlGuard.MustBeAllowed(loaded.Database.Parse(sql));
        context.Progress(60, "Running the SQL");
        var timeout = TimeSpan.FromSeconds(options.Value.CsvTimeoutSeconds);
        var result = loaded.Database.Run(sql, timeout, context.Clock, cancellationToken);
        context.Write(string.Join(" | ", result.Columns.Select(c => c.Name)) + "\n");
        foreach (var row in result.Rows.Take(50))
        {
            context.Write(string.Join(" | ", row) + "\n");
        }

        context.Progress(100, $"{result.Rows.Count} rows{(result.Truncated ? ", and more that were cut off" : "")}");
        IReadOnlyList<string> notes = result.CutValues == 0
            ? loaded.Notes
            : [.. loaded.Notes, $"{result.CutValues} values have more than {CsvDatabase.MaxCell} characters and are cut: they end in \u2026."];
        return AgentJson.Answer(new CsvAnswer(
            result.Columns, result.Rows, result.Rows.Count, loaded.Rows, result.Truncated, loaded.Read, notes));
    }
}
