using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orkestron.Journal.Postgres;
using Orkestron.Journal.Sqlite;
using Orkestron.Journal.Writing;

namespace Orkestron.Journal;

/// <summary>Registers a journal. Declare its tables with <c>services.AddSingleton(table)</c>.</summary>
public static class JournalServiceCollectionExtensions
{
    /// <summary>
    /// The journal in PostgreSQL: <see cref="IJournal"/>, <see cref="IStateStore"/>, <see cref="ISealer"/> and
    /// <see cref="ISubjectKeys"/>. Nothing starts by itself: await <see cref="IJournal.StartAsync"/> before the first use.
    /// </summary>
    /// <exception cref="ArgumentException">On first use: the connection string is not one of PostgreSQL.</exception>
    public static IServiceCollection AddPostgresJournal(
        this IServiceCollection services, string connectionString, Action<JournalOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return services.AddJournal(
            (_, options, clock) => new PostgresStore(connectionString, options, clock), configure);
    }

    /// <summary>The same in SQLite files in a folder, which one process at a time may open.</summary>
    public static IServiceCollection AddSqliteJournal(
        this IServiceCollection services, string folder, Action<JournalOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return services.AddJournal((_, options, clock) => new SqliteStore(folder, options, clock), configure);
    }

    private static IServiceCollection AddJournal(
        this IServiceCollection services,
        Func<IServiceProvider, JournalOptions, TimeProvider, IJournalStore> store,
        Action<JournalOptions>? configure)
    {
        services.AddOptions<JournalOptions>().Configure(configure ?? (_ => { })).ValidateDataAnnotations();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<JournalOptions>>().Value;
            var clock = provider.GetRequiredService<TimeProvider>();
            var logger = provider.GetService<ILogger<JournalWriter>>() ?? NullLogger<JournalWriter>.Instance;
            var tables = provider.GetServices<RowTable>();
            return new GroupCommitJournal(store(provider, options, clock), tables, options, clock, logger);
        });
        services.AddSingleton<IJournal>(provider => provider.GetRequiredService<GroupCommitJournal>());
        services.AddSingleton<IStateStore>(provider => provider.GetRequiredService<GroupCommitJournal>());
        return services;
    }
}
