using Npgsql;

namespace Orkestron.Silo.Postgres;

/// <summary>Creates and migrates the tables of Orleans' AdoNet providers.</summary>
internal static class OrleansSchema
{
    // Nodes that start at the same time create the tables one after the other.
    private const string Lock = "SELECT pg_advisory_xact_lock(x'4F726B4F726C65'::bigint)";

    public static async Task MigrateAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(Lock);
        await RunAsync(Read());
        await transaction.CommitAsync(cancellationToken);

        async Task RunAsync(string sql)
        {
            // The @names in the script are Orleans' parameters: the script is sent unchanged.
            await using var batch = new NpgsqlBatch(connection, transaction);
            foreach (var statement in Statements(sql))
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
            }

            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Statements are separated by blank lines; no quoted text contains one.</summary>
    private static string[] Statements(string sql) =>
        sql.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

    private static string Read()
    {
        using var stream = typeof(OrleansSchema).Assembly.GetManifestResourceStream("Orkestron.Silo.Postgres.schema.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
