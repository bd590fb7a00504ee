using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Csv;

/// <summary>One CSV text in a database of its own in memory, closed to disk, network and settings.</summary>
internal sealed class CsvDatabase : IDisposable
{
    /// <summary>The most rows an answer has.</summary>
    public const int MaxRows = 1_000;

    /// <summary>The most characters of one value in an answer.</summary>
    public const int MaxCell = 2_000;

    /// <summary>The most characters of all values in an answer.</summary>
    public const int MaxAnswer = 1_000_000;

    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    private CsvDatabase()
    {
    }

    /// <summary>Loads a table as <c>data</c>, each column with the type that <paramref name="typing"/> finds.</summary>
    public static CsvDatabase Open(CsvTable table, CsvTyping typing, int memoryMebibytes, CancellationToken cancellationToken)
    {
        var database = new CsvDatabase();
        try
        {
            database._connection.Open();
            database.Lock(memoryMebibytes);
            database.Fill(table, typing, cancellationToken);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The statement as the database itself parses it, for the guard.</summary>
    public JsonElement Parse(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT json_serialize_sql(CAST($sql AS VARCHAR))";
        command.Parameters.Add(new DuckDBParameter("sql", sql));
        using var document = JsonDocument.Parse(
            (string)command.ExecuteScalar()!, new JsonDocumentOptions { MaxDepth = 1_000 });
        return document.RootElement.Clone();
    }

    /// <summary>Runs a statement the guard has allowed.</summary>
    public CsvResult Run(string sql, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var selection = CsvSelection.Of(_connection, sql);
            using var command = _connection.CreateCommand();
            command.CommandText = selection?.Sql ?? sql;
            command.UseStreamingMode = true;
            using var interrupt = stop.Token.Register(command.Cancel);
            using var reader = command.ExecuteReader();
            return CsvResult.Read(reader, selection?.Columns ?? CsvSelection.ColumnsOf(reader), stop.Token);
        }
        catch (Exception e) when (e is DuckDBException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (deadline.IsCancellationRequested)
            {
                throw new AgentRefusedException(
                    string.Create(CultureInfo.InvariantCulture, $"The SQL ran longer than {timeout.TotalSeconds} seconds and was stopped. Make it look at fewer rows."))
                { Code = "sql_timeout" };
            }

            var told = e.Message.Split('\n')[0];
            throw told.Contains("Out of Memory", StringComparison.OrdinalIgnoreCase)
                ? new AgentRefusedException("The SQL needs more memory than it may use. Make it look at fewer rows.", e) { Code = "sql_memory" }
                : new AgentRefusedException("The SQL failed: " + TextCut.Head(told, 500), e) { Code = "sql_invalid" };
        }
    }

    public void Dispose() => _connection.Dispose();

    private void Lock(int memoryMebibytes)
    {
        foreach (var setting in (string[])
        [
            "threads=1",
            "TimeZone='UTC'",
            string.Create(CultureInfo.InvariantCulture, $"memory_limit='{memoryMebibytes}MiB'"),
            "temp_directory=''",
            "autoinstall_known_extensions=false",
            "autoload_known_extensions=false",
            "enable_external_access=false",
            "max_expression_depth=200",
            "lock_configuration=true",
        ])
        {
            Execute("SET " + setting);
        }
    }

    private void Fill(CsvTable table, CsvTyping typing, CancellationToken cancellationToken)
    {
        var columns = table.Names.Select(Quote).ToList();
        Execute($"CREATE TABLE raw ({string.Join(", ", columns.Select(c => c + " VARCHAR"))})");
        using (var appender = _connection.CreateAppender("raw"))
        {
            foreach (var record in table.Rows(cancellationToken))
            {
                typing.Add(record);
                var row = appender.CreateRow();
                foreach (var value in record)
                {
                    _ = value.Length == 0 ? row.AppendNullValue() : row.AppendValue(value);
                }

                row.EndRow();
            }
        }

        var types = typing.Decide().ToList();
        try
        {
            Convert(columns, types);
        }
        catch (DuckDBException e) when (e.Message.StartsWith("Conversion Error", StringComparison.Ordinal))
        {
            for (var i = 0; i < columns.Count; i++)
            {
                types[i] = CanConvert(columns[i], types[i]) ? types[i] : typing.Withdraw(i);
            }

            Convert(columns, types);
        }

        Execute("DROP TABLE raw");
    }

    private void Convert(List<string> columns, List<CsvColumnType> types) => Execute(
        $"CREATE TABLE data AS SELECT {string.Join(", ", columns.Select((c, i) => $"{types[i].Expression(c)} AS {c}"))} FROM raw");

    private bool CanConvert(string column, CsvColumnType type)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT count({type.Expression(column)}) FROM raw";
        try
        {
            command.ExecuteScalar();
            return true;
        }
        catch (DuckDBException e) when (e.Message.StartsWith("Conversion Error", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            command.ExecuteNonQuery();
        }
        catch (DuckDBException e) when (e.Message.Contains("Out of Memory", StringComparison.OrdinalIgnoreCase))
        {
            throw new AgentRefusedException("The CSV needs more memory than may be used. Send fewer rows.", e) { Code = "sql_memory" };
        }
    }

    private static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
