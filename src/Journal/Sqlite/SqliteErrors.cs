using Microsoft.Data.Sqlite;

namespace Orkestron.Journal.Sqlite;

/// <summary>What an error of SQLite means for a batch.</summary>
internal static class SqliteErrors
{
    private const int PrimaryKeyViolation = 1555;
    private const int UniqueViolation = 2067;

    public static bool IsConflict(SqliteException fault) =>
        fault.SqliteExtendedErrorCode is PrimaryKeyViolation or UniqueViolation;

    /// <summary>The store is at fault, not the request: locked, unreadable, full, corrupt, closed.</summary>
    public static bool IsDown(Exception fault) => fault switch
    {
        // BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB; 1 is a missing table.
        SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6 or 7 or 8 or 10 or 11 or 13 or 14 or 15 or 26
            || (sqlite.SqliteErrorCode == 1 && sqlite.Message.Contains("no such table", StringComparison.Ordinal)),
        IOException or UnauthorizedAccessException or ObjectDisposedException => true,
        _ => false,
    };
}
