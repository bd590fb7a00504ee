using Npgsql;

namespace Orkestron.Benchmarks.Common;

/// <summary>A fresh store: a folder for SQLite, a database for PostgreSQL.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    private readonly string? _server;
    private readonly Dictionary<int, TimeSpan> _spent = [];
    private readonly string _database = $"bench_{Guid.NewGuid():N}";

    private BenchStore(string? server) => _server = server;

    public string Name => _server is null ? "SQLite" : "PostgreSQL";

    public string Folder { get; } = Directory.CreateTempSubdirectory("orkestron-bench-").FullName;

    public string? ConnectionString =>
        _server is null ? null : new NpgsqlConnectionStringBuilder(_server) { Database = _database }.ToString();

    /// <param name="only">The name of the one that is wanted, or null for all.</param>
    public static async Task<IReadOnlyList<BenchStore>> AvailableAsync(string? only)
    {
        var stores = new List<BenchStore> { new(null) };
        if (await PostgresAsync().ConfigureAwait(false) is { } postgres)
        {
            stores.Add(postgres);
        }

        return [.. stores.Where(store => only is null || store.Name.Equals(only, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>A database of the server in <c>ORKESTRON_TEST_POSTGRES</c>; null where that is not set.</summary>
    public static async Task<BenchStore?> PostgresAsync()
    {
        if (Environment.GetEnvironmentVariable("ORKESTRON_TEST_POSTGRES") is not { Length: > 0 } server)
        {
            return null;
        }

        var postgres = new BenchStore(server);
        await postgres.RunAsync($"CREATE DATABASE {postgres._database}").ConfigureAwait(false);
        return postgres;
    }

    /// <summary>Processor time that the database server has used until now; nothing for one in the node's process.</summary>
    public async Task<TimeSpan> ProcessorTimeAsync()
    {
        if (_server is null)
        {
            return TimeSpan.Zero;
        }

        var connection = new NpgsqlConnection(_server);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync().ConfigureAwait(false);
            var command = new NpgsqlCommand("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()", connection);
            await using (command.ConfigureAwait(false))
            {
                var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    while (await reader.ReadAsync().ConfigureAwait(false))
                    {
                        // What has ended since stays as it was seen last.
                        _spent[reader.GetInt32(0)] = Machine.ProcessorTime(reader.GetInt32(0));
                    }
                }
            }
        }

        return _spent.Values.Aggregate(TimeSpan.Zero, static (sum, each) => sum + each);
    }

    public string[] Arguments() =>
    [
        $"--Orkestron:DataDirectory={Folder}",
        .. ConnectionString is { } postgres ? new[] { $"--ConnectionStrings:Orkestron={postgres}" } : [],
        "--Logging:LogLevel:Default=Error",
    ];

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await RunAsync($"DROP DATABASE IF EXISTS {_database} WITH (FORCE)").ConfigureAwait(false);
        }

        Directory.Delete(Folder, recursive: true);
    }

    private async Task RunAsync(string sql)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server!) { Pooling = false }.ToString());
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync().ConfigureAwait(false);
            var command = new NpgsqlCommand(sql, connection);
            await using (command.ConfigureAwait(false))
            {
                await command.ExecuteNonQueryAsync().ConfigureAwait(false);
            }
        }
    }
}
