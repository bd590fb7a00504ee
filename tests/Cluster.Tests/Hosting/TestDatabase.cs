using Npgsql;

namespace Orkestron.Cluster.Tests.Hosting;

/// <summary>A database of its own on the tests' PostgreSQL, dropped at the end.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name = $"cluster_{Guid.NewGuid():N}";

    private TestDatabase(string server) => _server = server;

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ToString();

    public static async Task<TestDatabase> CreateAsync()
    {
        var server = Environment.GetEnvironmentVariable("ORKESTRON_TEST_POSTGRES");
        Assert.False(
            string.IsNullOrEmpty(server),
            "These tests need PostgreSQL: export ORKESTRON_TEST_POSTGRES=\"$(eng/postgres.sh start | tail -n 1)\"");
        var database = new TestDatabase(server!);
        await database.RunAsync($"CREATE DATABASE {database._name}");
        return database;
    }

    public async ValueTask DisposeAsync() => await RunAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
