using System.Net;
using Npgsql;

namespace Orkestron.Tests.Shared;

/// <summary>A database of its own on the tests' PostgreSQL, dropped at the end.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name;

    private TestDatabase(string server, string name) => (_server, _name) = (server, name);

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ToString();

    /// <exception cref="Xunit.Sdk.XunitException">No server is named; the message says how to.</exception>
    public static async Task<TestDatabase> CreateAsync(string prefix)
    {
        var server = Environment.GetEnvironmentVariable("ORKESTRON_TEST_POSTGRES");
        Assert.False(
            string.IsNullOrEmpty(server),
            "These tests need PostgreSQL: export ORKESTRON_TEST_POSTGRES=\"$(eng/postgres.sh start | tail -n 1)\"");
        var database = new TestDatabase(server!, $"{prefix}_{Guid.NewGuid():N}");
        await RunAsync(server!, $"CREATE DATABASE {database._name}");
        return database;
    }

    /// <summary>A proxy before the server, and the database's connection string through it.</summary>
    public (LoopbackProxy Proxy, string ConnectionString) Behind()
    {
        var parts = new NpgsqlConnectionStringBuilder(ConnectionString);
        var proxy = new LoopbackProxy(new IPEndPoint(Dns.GetHostAddresses(parts.Host!)[0], parts.Port));
        (parts.Host, parts.Port) = (IPAddress.Loopback.ToString(), proxy.Port);
        return (proxy, parts.ToString());
    }

    /// <summary>Runs a statement in the database; the first value it answers, if any.</summary>
    public Task<object?> RunAsync(string sql) => RunAsync(ConnectionString, sql);

    public async ValueTask DisposeAsync() => await RunAsync(_server, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");

    private static async Task<object?> RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
