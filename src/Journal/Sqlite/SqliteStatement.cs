using Microsoft.Data.Sqlite;

namespace Orkestron.Journal.Sqlite;

/// <summary>A prepared statement with parameters $1, $2 and so on, used again and again by one thread at a time.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly SqliteParameter[] _parameters;

    public SqliteStatement(SqliteConnection connection, string sql, int parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        _parameters = new SqliteParameter[parameters];
        for (var i = 0; i < parameters; i++)
        {
            _parameters[i] = new SqliteParameter { ParameterName = $"${i + 1}" };
            _command.Parameters.Add(_parameters[i]);
        }
    }

    public SqliteStatement Set(int place, string? value)
    {
        _parameters[place - 1].SqliteType = SqliteType.Text;
        _parameters[place - 1].Value = (object?)value ?? DBNull.Value;
        return this;
    }

    public SqliteStatement Set(int place, long value)
    {
        _parameters[place - 1].SqliteType = SqliteType.Integer;
        _parameters[place - 1].Value = value;
        return this;
    }

    public SqliteStatement Set(int place, byte[]? value)
    {
        _parameters[place - 1].SqliteType = SqliteType.Blob;
        _parameters[place - 1].Value = (object?)value ?? DBNull.Value;
        return this;
    }

    public SqliteStatement Set(int place, ReadOnlyMemory<byte> value) =>
        Set(place, System.Runtime.InteropServices.MemoryMarshal.TryGetArray(value, out var array)
            && array is { Array: not null, Offset: 0 } && array.Count == array.Array.Length
            ? array.Array
            : value.ToArray());

    public SqliteStatement SetAny(int place, object? value) => value switch
    {
        null => Set(place, (string?)null),
        string text => Set(place, text),
        long number => Set(place, number),
        byte[] bytes => Set(place, bytes),
        _ => throw new InvalidOperationException($"No column holds a {value.GetType()}."),
    };

    /// <returns>How many rows changed.</returns>
    public int Run() => _command.ExecuteNonQuery();

    public SqliteDataReader Read() => _command.ExecuteReader();

    public void Dispose() => _command.Dispose();
}
