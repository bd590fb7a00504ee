using Microsoft.Data.Sqlite;
using Orkestron.Journal.Keys;

namespace Orkestron.Journal.Sqlite;

/// <summary>
/// Subjects' keys in a file of their own, so that a copy of the log holds none. A destroyed key is overwritten with
/// zeros in the file and gone from its log at once.
/// </summary>
internal sealed class SqliteKeyStore(string folder, JournalOptions options) : IKeyStore
{
    private const string CheckSubject = "";
    private readonly SemaphoreSlim _gate = new(1);
    private SqliteConnection? _connection;

    public Task OpenAsync(CancellationToken cancellationToken) => WithConnection(
        static connection => Run(
            connection,
            "PRAGMA secure_delete = ON; CREATE TABLE IF NOT EXISTS subject_keys (subject TEXT NOT NULL PRIMARY KEY, wrapped BLOB) "
            + "WITHOUT ROWID"),
        cancellationToken).AsTask();

    public async ValueTask<byte[]?> ReadCheckAsync(CancellationToken cancellationToken) =>
        (await FindAsync(CheckSubject, cancellationToken))?.Wrapped;

    public async ValueTask AddCheckAsync(byte[] check, CancellationToken cancellationToken) =>
        await AddAsync(CheckSubject, check, cancellationToken);

    public ValueTask<KeyRow?> FindAsync(string subject, CancellationToken cancellationToken) =>
        WithConnection(connection => Find(connection, subject), cancellationToken);

    public ValueTask<KeyRow> AddAsync(string subject, byte[] wrapped, CancellationToken cancellationToken) => WithConnection(
        connection =>
        {
            Run(
                connection,
                "INSERT INTO subject_keys VALUES ($1, $2) ON CONFLICT DO NOTHING",
                ("$1", subject),
                ("$2", wrapped));
            return Find(connection, subject)!.Value;
        },
        cancellationToken);

    public async Task DestroyAsync(string subject, CancellationToken cancellationToken) => await WithConnection(
        connection => Run(
            connection,
            "INSERT INTO subject_keys VALUES ($1, NULL) ON CONFLICT DO UPDATE SET wrapped = NULL; "
            + "PRAGMA wal_checkpoint(TRUNCATE)",
            ("$1", subject)),
        cancellationToken);

    public bool IsDown(Exception fault) => SqliteErrors.IsDown(fault);

    public ValueTask DisposeAsync()
    {
        _connection?.Dispose();
        _gate.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<T> WithConnection<T>(Func<SqliteConnection, T> act, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            PrivateFiles.Protect(folder);
            _connection ??= SqliteConnections.OpenWriter(Path.Combine(folder, "keys.db"), options.CommandTimeoutSeconds);
            return act(_connection);
        }
        catch (Exception fault) when (SqliteErrors.IsDown(fault))
        {
            _connection?.Dispose();
            _connection = null;
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    private static KeyRow? Find(SqliteConnection connection, string subject)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT wrapped FROM subject_keys WHERE subject = $1";
        command.Parameters.AddWithValue("$1", subject);
        using var reader = command.ExecuteReader();
        return reader.Read() ? new KeyRow(reader.IsDBNull(0) ? null : reader.GetFieldValue<byte[]>(0)) : null;
    }

    private static int Run(SqliteConnection connection, string sql, params (string Name, object Value)[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command.ExecuteNonQuery();
    }
}
