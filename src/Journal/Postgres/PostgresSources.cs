using Npgsql;

namespace Orkestron.Journal.Postgres;

internal static class PostgresSources
{
    /// <exception cref="ArgumentException">The connection string is not one of PostgreSQL.</exception>
    public static NpgsqlDataSource Create(string connectionString, JournalOptions options, string name, int connections) =>
        NpgsqlDataSource.Create(Builder(connectionString, options, name, connections));

    // One transaction at a time: a second one in flight gained nothing on two cores. One more for when a connection is lost.
    private const int Writers = 2;

    /// <summary>As <see cref="Create"/>, for the writer: what it reads and changes, it finds by key.</summary>
    public static NpgsqlDataSource CreateWriter(string connectionString, JournalOptions options)
    {
        // A plan is prepared while tables are small or their figures are old, and kept: it would read whole tables, and with
        // each commit more of them.
        const string ByKey = "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off";
        var source = new NpgsqlDataSourceBuilder(
            Builder(connectionString, options, "orkestron-journal-writer", Writers).ToString());
        source.UsePhysicalConnectionInitializer(
            static connection =>
            {
                using var command = new NpgsqlCommand(ByKey, connection);
                command.ExecuteNonQuery();
            },
            static async connection =>
            {
                await using var command = new NpgsqlCommand(ByKey, connection);
                await command.ExecuteNonQueryAsync();
            });
        return source.Build();
    }

    private static NpgsqlConnectionStringBuilder Builder(
        string connectionString, JournalOptions options, string name, int connections)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            throw new ArgumentException(
                "This is not a PostgreSQL connection string. Write it as Host=...;Port=5432;Username=...;Password=...;Database=...",
                nameof(connectionString),
                fault);
        }

        builder.ApplicationName = name;
        builder.MaxPoolSize = connections;
        builder.MinPoolSize = Math.Min(builder.MinPoolSize, connections);
        builder.CommandTimeout = options.CommandTimeoutSeconds;
        // No statement of ours leaves anything behind in a session, and what is prepared is meant to stay.
        builder.NoResetOnClose = true;
        builder.MaxAutoPrepare = 100;
        builder.AutoPrepareMinUsages = 2;
        builder.Multiplexing = false;
        builder.Enlist = false;
        return builder;
    }
}
