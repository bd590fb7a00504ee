using Microsoft.Data.Sqlite;

namespace Orkestron.Journal.Sqlite;

/// <summary>How a database file is opened.</summary>
internal static class SqliteConnections
{
    /// <summary>The one connection that writes. Every commit is on disk before it is acknowledged.</summary>
    public static SqliteConnection OpenWriter(string file, int timeoutSeconds)
    {
        // The files beside it get its rights.
        PrivateFiles.Create(file);
        var connection = Open(file, SqliteOpenMode.ReadWriteCreate, timeoutSeconds);
        try
        {
            // A longer log between checkpoints: each checkpoint costs two more syncs.
            Run(
                connection,
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; "
                + "PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static SqliteConnection OpenReader(string file, int timeoutSeconds)
    {
        var connection = Open(file, SqliteOpenMode.ReadOnly, timeoutSeconds);
        Run(connection, "PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY");
        connection.CreateFunction(
            SqliteDialect.ContainsFunction,
            (string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase),
            isDeterministic: true);
        return connection;
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode, int timeoutSeconds)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            // We keep our own pool, whose connections can be closed when the store is.
            Pooling = false,
            DefaultTimeout = timeoutSeconds,
        }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
