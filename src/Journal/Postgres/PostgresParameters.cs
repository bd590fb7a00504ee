using Npgsql;
using NpgsqlTypes;

namespace Orkestron.Journal.Postgres;

internal static class PostgresParameters
{
    public static NpgsqlBatchCommand With<T>(this NpgsqlBatchCommand command, T value, NpgsqlDbType type)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        return command;
    }

    public static NpgsqlBatchCommand WithArray<T>(this NpgsqlBatchCommand command, T[] values, NpgsqlDbType element) =>
        command.With(values, NpgsqlDbType.Array | element);

    public static void Add(NpgsqlParameterCollection parameters, object value) => parameters.Add(value switch
    {
        string text => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
        long number => new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint },
        byte[] bytes => new NpgsqlParameter<byte[]> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
        string[] texts => new NpgsqlParameter<string[]>
        {
            TypedValue = texts,
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        },
        _ => throw new InvalidOperationException($"No column holds a {value.GetType()}."),
    });
}
