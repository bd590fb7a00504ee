using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orkestron.Journal.Hosting;

namespace Orkestron.Journal.Tests.Stores;

public sealed class SqliteTestStore : TestStore
{
    private SqliteConnection? _lock;

    public string Folder { get; } = Directory.CreateTempSubdirectory("orkestron-journal-").FullName;

    public override bool BreaksReads => false;

    public override void Register(IServiceCollection services, Action<JournalOptions> configure) =>
        services.AddSqliteJournal(Folder, configure);

    /// <summary>Another program holds the file's write lock, as a backup tool may.</summary>
    public override async Task BreakAsync()
    {
        _lock = Open();
        await RunAsync(_lock, "BEGIN IMMEDIATE");
    }

    public override async Task MendAsync()
    {
        await _lock!.DisposeAsync();
        _lock = null;
    }

    public override async Task RunAsync(string sql)
    {
        await using var connection = Open();
        await RunAsync(connection, sql);
    }

    public override async Task<int> CountIndexesAsync(string table)
    {
        await using var connection = Open();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL";
        command.Parameters.AddWithValue("$1", table);
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_lock is not null)
        {
            await MendAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "journal.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
