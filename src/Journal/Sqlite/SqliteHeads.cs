using Orkestron.Journal.Writing;

namespace Orkestron.Journal.Sqlite;

/// <summary>Reads what the store holds about the streams and states of a batch.</summary>
internal static class SqliteHeads
{
    public static KnownHeads Read(SqliteBatch batch, IReadOnlyList<WriteItem> items)
    {
        var known = new KnownHeads();
        foreach (var item in items)
        {
            foreach (var append in item.Appends.Where(static append => append.Append.Events.Count > 0))
            {
                Stream(batch, known, append);
            }

            if (item is StateItem state)
            {
                State(batch, known, state.Key);
            }
        }

        return known;
    }

    private static void Stream(SqliteBatch batch, KnownHeads known, AppendItem item)
    {
        var append = item.Append;
        var heads = batch.Statement("SELECT coalesce(max(version), 0) FROM journal_events WHERE stream = $1", 1);
        using (var reader = heads.Set(1, append.Stream).Read())
        {
            reader.Read();
            known.Streams[append.Stream] = reader.GetInt64(0);
        }

        var standing = batch.Statement(
            "SELECT count(*) FROM journal_events WHERE stream = $1 AND version IN ($2, $3) AND append_id = $4", 4);
        var first = append.ExpectedVersion + 1;
        var last = append.ExpectedVersion + append.Events.Count;
        using (var reader = standing.Set(1, append.Stream).Set(2, first).Set(3, last).Set(4, append.AppendId.ToByteArray()).Read())
        {
            reader.Read();
            if (reader.GetInt64(0) == (first == last ? 1 : 2))
            {
                known.Duplicates.Add(item);
            }
        }
    }

    private static void State(SqliteBatch batch, KnownHeads known, string key)
    {
        var states = batch.Statement("SELECT content, version FROM journal_states WHERE key = $1", 1);
        using var reader = states.Set(1, key).Read();
        if (reader.Read())
        {
            known.States[key] = new StoredState(reader.GetFieldValue<byte[]>(0), reader.GetInt64(1));
        }
    }
}
