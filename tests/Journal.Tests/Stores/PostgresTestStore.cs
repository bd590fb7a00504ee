using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orkestron.Journal.Hosting;
using Orkestron.Tests.Shared;

namespace Orkestron.Journal.Tests.Stores;

/// <summary>A database on the tests' server, which the journal reaches through a proxy that can be cut.</summary>
public sealed class PostgresTestStore : TestStore
{
    private readonly TestDatabase _database;
    private readonly LoopbackProxy _proxy;
    private readonly string _connectionString;
    private readonly string _keyFolder = Directory.CreateTempSubdirectory("orkestron-keys-").FullName;

    private PostgresTestStore(TestDatabase database)
    {
        _database = database;
        (_proxy, _connectionString) = database.Behind();
    }

    public override bool BreaksReads => true;

    public static async Task<PostgresTestStore> CreateAsync() => new(await TestDatabase.CreateAsync("journal"));

    public override void Register(IServiceCollection services, Action<JournalOptions> configure) =>
        services.AddPostgresJournal(_connectionString, _keyFolder, configure);

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

    public override Task RunAsync(string sql) => _database.RunAsync(sql);

    public override async Task<int> CountIndexesAsync(string table) => Convert.ToInt32(
        await _database.RunAsync(
            "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid "
            + $"WHERE c.relname = '{table}' AND NOT i.indisprimary"),
        CultureInfo.InvariantCulture);

    public override async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _proxy.DisposeAsync();
        Directory.Delete(_keyFolder, recursive: true);
    }
}
