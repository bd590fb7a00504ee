using Npgsql;
using NpgsqlTypes;
using Orkestron.Journal.Keys;

namespace Orkestron.Journal.Postgres;

/// <summary>Subjects' keys in a table of their own, in the journal's database or in another one.</summary>
internal sealed class PostgresKeyStore(string connectionString, JournalOptions options) : IKeyStore
{
    private const string CheckSubject = "";

    // Two processes that start at once create the table one after the other.
    private const string Schema =
        """
        SELECT pg_advisory_xact_lock(x'4F726B4B657973'::bigint);
        CREATE TABLE IF NOT EXISTS subject_keys (subject text COLLATE "C" PRIMARY KEY, wrapped bytea);
        """;

    private readonly NpgsqlDataSource _source = PostgresSources.Create(connectionString, options, "orkestron-keys", 4);

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Schema, connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async ValueTask<byte[]?> ReadCheckAsync(CancellationToken cancellationToken) =>
        (await FindAsync(CheckSubject, cancellationToken))?.Wrapped;

    public async ValueTask AddCheckAsync(byte[] check, CancellationToken cancellationToken) =>
        await AddAsync(CheckSubject, check, cancellationToken);

    public async ValueTask<KeyRow?> FindAsync(string subject, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand("SELECT wrapped FROM subject_keys WHERE subject = $1");
        command.Parameters.Add(new() { Value = subject });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new KeyRow(reader.IsDBNull(0) ? null : reader.GetFieldValue<byte[]>(0))
            : null;
    }

    public async ValueTask<KeyRow> AddAsync(string subject, byte[] wrapped, CancellationToken cancellationToken)
    {
        await using (var command = _source.CreateCommand("INSERT INTO subject_keys VALUES ($1, $2) ON CONFLICT DO NOTHING"))
        {
            command.Parameters.Add(new() { Value = subject });
            command.Parameters.Add(new() { Value = wrapped, NpgsqlDbType = NpgsqlDbType.Bytea });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return (await FindAsync(subject, cancellationToken))!.Value;
    }

    public async Task DestroyAsync(string subject, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(
            "INSERT INTO subject_keys VALUES ($1, NULL) ON CONFLICT (subject) DO UPDATE SET wrapped = NULL");
        command.Parameters.Add(new() { Value = subject });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public bool IsDown(Exception fault) => PostgresErrors.IsDown(fault);

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
