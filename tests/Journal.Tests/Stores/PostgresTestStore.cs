using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Orkestron.Journal.Tests.Stores;

public sealed class PostgresTestStore : TestStore
{
    private readonly string _server;
    private readonly string _keyFolder = Directory.CreateTempSubdirectory("orkestron-keys-").FullName;
    private readonly string _name = $"journal_{Guid.NewGuid():N}";

    private PostgresTestStore(string server) => _server = server;

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ToString();

    public static async Task<PostgresTestStore> CreateAsync()
    {
        var server = Environment.GetEnvironmentVariable("ORKESTRON_TEST_POSTGRES");
        Assert.False(
            string.IsNullOrEmpty(server),
            "These tests need PostgreSQL: export ORKESTRON_TEST_POSTGRES=\"$(eng/postgres.sh start | tail -n 1)\"");
        var store = new PostgresTestStore(server!);
        await store.RunAsync($"CREATE DATABASE {store._name}");
        return store;
    }

    public override void Register(IServiceCollection services, Action<JournalOptions> configure) =>
        services.AddPostgresJournal(ConnectionString, _keyFolder, configure);

    public override async ValueTask DisposeAsync()
    {
        await RunAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
        Directory.Delete(_keyFolder, recursive: true);
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
