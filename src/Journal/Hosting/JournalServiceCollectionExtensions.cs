using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orkestron.Journal.Artifacts;
using Orkestron.Journal.Keys;
using Orkestron.Journal.Postgres;
using Orkestron.Journal.Sqlite;
using Orkestron.Journal.Writing;

namespace Orkestron.Journal.Hosting;

/// <summary>Registers a journal. Declare its tables with <c>services.AddSingleton(table)</c>.</summary>
public static class JournalServiceCollectionExtensions
{
    /// <summary>
    /// The journal in PostgreSQL: <see cref="IJournal"/>, <see cref="IStateStore"/>, <see cref="IFileStore"/>,
    /// <see cref="ISealer"/> and <see cref="ISubjectKeys"/>. Nothing starts by itself: await <see cref="IJournal.StartAsync"/>
    /// before the first use.
    /// </summary>
    /// <param name="services">Where to add it.</param>
    /// <param name="connectionString">Npgsql's form.</param>
    /// <param name="keyFolder">Where the master key's file is, unless <see cref="JournalOptions.MasterKeyBase64"/> is set.</param>
    /// <param name="configure">Sets limits.</param>
    /// <exception cref="ArgumentException">On first use: the connection string is not one of PostgreSQL.</exception>
    public static IServiceCollection AddPostgresJournal(
        this IServiceCollection services, string connectionString, string keyFolder, Action<JournalOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return services.AddJournal(
            (options, clock) => new PostgresStore(connectionString, options, clock),
            options => new PostgresKeyStore(options.KeyConnectionString ?? connectionString, options),
            keyFolder,
            configure);
    }

    /// <summary>The same in SQLite files in a folder, which one process at a time may open.</summary>
    public static IServiceCollection AddSqliteJournal(
        this IServiceCollection services, string folder, Action<JournalOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return services.AddJournal(
            (options, clock) => new SqliteStore(folder, options, clock),
            options => new SqliteKeyStore(folder, options),
            folder,
            configure);
    }

    private static IServiceCollection AddJournal(
        this IServiceCollection services,
        Func<JournalOptions, TimeProvider, IJournalStore> store,
        Func<JournalOptions, IKeyStore> keys,
        string keyFolder,
        Action<JournalOptions>? configure)
    {
        services.AddOptions<JournalOptions>().Configure(configure ?? (_ => { })).ValidateDataAnnotations();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IMasterKey>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<JournalOptions>>().Value;
            return options.MasterKeyBase64 is { } configured
                ? new ConfiguredMasterKey(configured)
                : new FileMasterKey(options.MasterKeyFolder ?? keyFolder);
        });
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<JournalOptions>>().Value;
            return new SubjectKeys(
                keys(options), provider.GetRequiredService<IMasterKey>(), options, provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<ISubjectKeys>(provider => provider.GetRequiredService<SubjectKeys>());
        services.AddSingleton<ISealer>(provider => new Sealer(
            provider.GetRequiredService<SubjectKeys>(), provider.GetRequiredService<IOptions<JournalOptions>>().Value));
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<JournalOptions>>().Value;
            var clock = provider.GetRequiredService<TimeProvider>();
            var logger = provider.GetService<ILogger<JournalWriter>>() ?? NullLogger<JournalWriter>.Instance;
            var tables = provider.GetServices<RowTable>();
            return new GroupCommitJournal(
                store(options, clock), provider.GetRequiredService<SubjectKeys>(), tables, options, clock, logger);
        });
        services.AddSingleton<IJournal>(provider => provider.GetRequiredService<GroupCommitJournal>());
        services.AddSingleton<IStateStore>(provider => provider.GetRequiredService<GroupCommitJournal>());
        services.AddSingleton(FileRows.Chunks);
        services.AddSingleton(FileRows.Unfinished);
        services.AddSingleton<IFileStore>(provider => new FileStore(
            provider.GetRequiredService<IJournal>(),
            provider.GetRequiredService<ISealer>(),
            provider.GetRequiredService<ISubjectKeys>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
