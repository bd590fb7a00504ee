using Microsoft.Data.Sqlite;

namespace Orkestron.Journal.Sqlite;

/// <summary>A reading connection with the statements it has prepared.</summary>
internal sealed class SqliteReader(SqliteConnection connection) : IDisposable
{
    // Texts of queries are few; beyond that many, a text is prepared each time.
    private const int MaxStatements = 100;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    public T Run<T>(string sql, IReadOnlyList<object> values, Func<SqliteDataReader, T> read)
    {
        if (_statements.TryGetValue(sql, out var kept))
        {
            return Run(kept, values, read);
        }

        var statement = new SqliteStatement(connection, sql, values.Count);
        if (_statements.Count < MaxStatements)
        {
            _statements.Add(sql, statement);
            return Run(statement, values, read);
        }

        using (statement)
        {
            return Run(statement, values, read);
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private static T Run<T>(SqliteStatement statement, IReadOnlyList<object> values, Func<SqliteDataReader, T> read)
    {
        for (var i = 0; i < values.Count; i++)
        {
            statement.SetAny(i + 1, values[i]);
        }

        using var reader = statement.Read();
        return read(reader);
    }
}
