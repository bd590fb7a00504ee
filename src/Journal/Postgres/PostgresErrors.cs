using System.Net.Sockets;
using Npgsql;

namespace Orkestron.Journal.Postgres;

/// <summary>What an error of PostgreSQL means for a batch.</summary>
internal static class PostgresErrors
{
    /// <summary>The store stands elsewhere than the batch expects, or another writer was in the way: plan it again.</summary>
    public static bool IsConflict(PostgresException fault) => fault.SqlState is
        "ORK01" or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected
        or PostgresErrorCodes.SerializationFailure;

    /// <summary>The store is at fault, not the request.</summary>
    public static bool IsDown(Exception fault) => fault switch
    {
        PostgresException { SqlState: ['0', '8', ..] or ['5', '3', ..] or ['5', '7', ..] or ['5', '8', ..] } => true,
        PostgresException postgres => postgres.SqlState is
            PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidCatalogName
            or PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification
            or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.DataCorrupted,
        NpgsqlException or SocketException or IOException or TimeoutException or OperationCanceledException => true,
        _ => false,
    };
}
