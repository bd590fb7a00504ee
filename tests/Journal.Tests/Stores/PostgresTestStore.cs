using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orkestron.Tests.Shared;

namespace Orkestron.Journal.Tests.Stores;

/// <summary>A database on the tests' server, which the journal reaches through a proxy that can be cut.</summary>
public sealed class PostgresTestStore : TestStore
{
    private readonly string _server;
    private readonly LoopbackProxy _proxy;
    private readonly string _keyFolder = Directory.CreateTempSubdirectory("orkestron-keys-").FullName;
    private readonly string _name = $"journal_{Guid.NewGuid():N}";

    private PostgresTestStore(string server)
    {
        _server = server;
        var parts = new NpgsqlConnectionStringBuilder(server);
        _proxy = new LoopbackProxy(new IPEndPoint(Dns.GetHostAddresses(parts.Host!)[0], parts.Port));
    }

    public override bool BreaksReads => true;

    private string ConnectionString => new NpgsqlConnectionStringBuilder(_server)
    {
        Database = _name,
        Host = IPAddress.Loopback.ToString(),
        Port = _proxy.Port,
    }.ToString();

    public static async Task<PostgresTestStore> CreateAsync()
    {
        var server = Environment.GetEnvironmentVariable("ORKESTRON_TEST_POSTGRES");
        Assert.False(
            string.IsNullOrEmpty(server),
            "These tests need PostgreSQL: export ORKESTRON_TEST_POSTGRES=\"$(eng/postgres.sh start | tail -n 1)\"");
        var store = new PostgresTestStore(server!);
        await store.RunAsync("postgres", $"CREATE DATABASE {store._name}");
        return store;
    }

    public override void Register(IServiceCollection services, Action<JournalOptions> configure) =>
        services.AddPostgresJournal(ConnectionString, _keyFolder, configure);

    public override Task BreakAsync()
    {
        _proxy.Cut();
        return Task.CompletedTask;
    }

    public override Task MendAsync()
    {
        _proxy.Mend();
        return Task.CompletedTask;
    }

    public override Task RunAsync(string sql) => RunAsync(_name, sql);

    public override async Task<int> CountIndexesAsync(string table) => Convert.ToInt32(
        await RunAsync(
            _name,
            "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid "
            + $"WHERE c.relname = '{table}' AND NOT i.indisprimary"),
        CultureInfo.InvariantCulture);

    public override async ValueTask DisposeAsync()
    {
        await RunAsync("postgres", $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
        await _proxy.DisposeAsync();
        Directory.Delete(_keyFolder, recursive: true);
    }

    private async Task<object?> RunAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_server) { Pooling = false, Database = database }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
