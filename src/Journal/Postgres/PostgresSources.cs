using Npgsql;

namespace Orkestron.Journal.Postgres;

internal static class PostgresSources
{
    /// <exception cref="ArgumentException">The connection string is not one of PostgreSQL.</exception>
    public static NpgsqlDataSource Create(string connectionString, JournalOptions options, string name, int connections)
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
        return NpgsqlDataSource.Create(builder);
    }
}
