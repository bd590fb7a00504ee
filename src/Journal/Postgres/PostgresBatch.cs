using Npgsql;
using NpgsqlTypes;
using Orkestron.Journal.Rows;
using Orkestron.Journal.Writing;

namespace Orkestron.Journal.Postgres;

/// <summary>
/// Turns a plan into statements that are sent together and commit together: one round trip. Each takes arrays, so its
/// text does not depend on how many rows it writes and is prepared once.
/// </summary>
internal static class PostgresBatch
{
    private const string Fences =
        """
        SELECT journal_expect(count(*), $3) FROM unnest($1, $2) AS f(stream, version)
        JOIN journal_events e ON e.stream = f.stream AND e.version = f.version
        """;

    private const string Events =
        """
        INSERT INTO journal_events (stream, version, append_id, type, at, body, sealed)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)
        """;

    private const string Snapshots =
        """
        INSERT INTO journal_snapshots (stream, version, body, sealed) SELECT * FROM unnest($1, $2, $3, $4)
        ON CONFLICT (stream) DO UPDATE SET version = excluded.version, body = excluded.body, sealed = excluded.sealed
        WHERE journal_snapshots.version < excluded.version
        """;

    private const string NewStates = "INSERT INTO journal_states (key, version, content) SELECT * FROM unnest($1, $2, $3)";

    private const string ChangedStates =
        """
        WITH done AS (
            UPDATE journal_states s SET version = c.version, content = c.content
            FROM unnest($1, $2, $3, $4) AS c(key, expected, version, content)
            WHERE s.key = c.key AND s.version = c.expected RETURNING 1)
        SELECT journal_expect(count(*), $5) FROM done
        """;

    private const string DeletedStates =
        """
        WITH done AS (
            DELETE FROM journal_states s USING unnest($1, $2) AS c(key, expected)
            WHERE s.key = c.key AND s.version = c.expected RETURNING 1)
        SELECT journal_expect(count(*), $3) FROM done
        """;

    public static void Fill(NpgsqlBatchCommandCollection commands, BatchPlan plan)
    {
        if (plan.DeletedStream is { } stream)
        {
            Add(commands, "DELETE FROM journal_events WHERE stream = $1").With(stream, NpgsqlDbType.Text);
            Add(commands, "DELETE FROM journal_snapshots WHERE stream = $1").With(stream, NpgsqlDbType.Text);
        }

        AddFences(commands, plan.Fences);
        AddEvents(commands, plan.Events);
        AddSnapshots(commands, plan.Snapshots);
        AddStates(commands, plan.States);
        // Tables and rows in one order in every process: they wait for each other instead of deadlocking.
        foreach (var (_, rows) in plan.Rows.OrderBy(table => table.Key, StringComparer.Ordinal))
        {
            PostgresRows.Fill(commands, rows);
        }
    }

    private static void AddFences(NpgsqlBatchCommandCollection commands, Dictionary<string, long> fences)
    {
        // A stream at version 0 is fenced by the primary key alone.
        var standing = fences.Where(fence => fence.Value > 0).ToArray();
        if (standing.Length > 0)
        {
            Add(commands, Fences)
                .WithArray(Array.ConvertAll(standing, fence => fence.Key), NpgsqlDbType.Text)
                .WithArray(Array.ConvertAll(standing, fence => fence.Value), NpgsqlDbType.Bigint)
                .With((long)standing.Length, NpgsqlDbType.Bigint);
        }
    }

    private static void AddEvents(NpgsqlBatchCommandCollection commands, List<PlannedEvent> events)
    {
        var count = events.Count;
        if (count == 0)
        {
            return;
        }

        var streams = new string[count];
        var versions = new long[count];
        var ids = new Guid[count];
        var types = new string[count];
        var ats = new long[count];
        var bodies = new ReadOnlyMemory<byte>[count];
        var contents = new ReadOnlyMemory<byte>[count];
        for (var i = 0; i < count; i++)
        {
            var each = events[i];
            streams[i] = each.Stream;
            versions[i] = each.Version;
            ids[i] = each.AppendId;
            types[i] = each.Event.Type;
            ats[i] = Instants.ToMicroseconds(each.Event.At);
            bodies[i] = each.Event.Body;
            contents[i] = each.Event.Sealed;
        }

        Add(commands, Events)
            .WithArray(streams, NpgsqlDbType.Text)
            .WithArray(versions, NpgsqlDbType.Bigint)
            .WithArray(ids, NpgsqlDbType.Uuid)
            .WithArray(types, NpgsqlDbType.Text)
            .WithArray(ats, NpgsqlDbType.Bigint)
            .WithArray(bodies, NpgsqlDbType.Bytea)
            .WithArray(contents, NpgsqlDbType.Bytea);
    }

    private static void AddSnapshots(
        NpgsqlBatchCommandCollection commands, Dictionary<string, (long Version, NewSnapshot Snapshot)> snapshots)
    {
        if (snapshots.Count == 0)
        {
            return;
        }

        var all = snapshots.OrderBy(each => each.Key, StringComparer.Ordinal).ToArray();
        Add(commands, Snapshots)
            .WithArray(Array.ConvertAll(all, each => each.Key), NpgsqlDbType.Text)
            .WithArray(Array.ConvertAll(all, each => each.Value.Version), NpgsqlDbType.Bigint)
            .WithArray(Array.ConvertAll(all, each => each.Value.Snapshot.Body), NpgsqlDbType.Bytea)
            .WithArray(Array.ConvertAll(all, each => each.Value.Snapshot.Sealed), NpgsqlDbType.Bytea);
    }

    private static void AddStates(NpgsqlBatchCommandCollection commands, Dictionary<string, PlannedState> states)
    {
        if (states.Count == 0)
        {
            return;
        }

        var all = states.OrderBy(each => each.Key, StringComparer.Ordinal).ToArray();
        var added = Array.FindAll(all, each => each.Value.ExpectedVersion == 0);
        if (added.Length > 0)
        {
            Add(commands, NewStates)
                .WithArray(Array.ConvertAll(added, each => each.Key), NpgsqlDbType.Text)
                .WithArray(Array.ConvertAll(added, each => each.Value.Version), NpgsqlDbType.Bigint)
                .WithArray(Array.ConvertAll(added, each => each.Value.Content!), NpgsqlDbType.Bytea);
        }

        var changed = Array.FindAll(all, each => each.Value is { ExpectedVersion: > 0, Content: not null });
        if (changed.Length > 0)
        {
            Add(commands, ChangedStates)
                .WithArray(Array.ConvertAll(changed, each => each.Key), NpgsqlDbType.Text)
                .WithArray(Array.ConvertAll(changed, each => each.Value.ExpectedVersion), NpgsqlDbType.Bigint)
                .WithArray(Array.ConvertAll(changed, each => each.Value.Version), NpgsqlDbType.Bigint)
                .WithArray(Array.ConvertAll(changed, each => each.Value.Content!), NpgsqlDbType.Bytea)
                .With((long)changed.Length, NpgsqlDbType.Bigint);
        }

        var deleted = Array.FindAll(all, each => each.Value is { ExpectedVersion: > 0, Content: null });
        if (deleted.Length > 0)
        {
            Add(commands, DeletedStates)
                .WithArray(Array.ConvertAll(deleted, each => each.Key), NpgsqlDbType.Text)
                .WithArray(Array.ConvertAll(deleted, each => each.Value.ExpectedVersion), NpgsqlDbType.Bigint)
                .With((long)deleted.Length, NpgsqlDbType.Bigint);
        }
    }

    internal static NpgsqlBatchCommand Add(NpgsqlBatchCommandCollection commands, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        commands.Add(command);
        return command;
    }
}
