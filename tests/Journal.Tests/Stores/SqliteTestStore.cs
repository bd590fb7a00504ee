using Microsoft.Extensions.DependencyInjection;

namespace Orkestron.Journal.Tests.Stores;

public sealed class SqliteTestStore : TestStore
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("orkestron-journal-").FullName;

    public override void Register(IServiceCollection services, Action<JournalOptions> configure) =>
        services.AddSqliteJournal(Folder, configure);

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
