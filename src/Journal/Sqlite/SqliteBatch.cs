using Microsoft.Data.Sqlite;
using Orkestron.Journal.Rows;
using Orkestron.Journal.Writing;

namespace Orkestron.Journal.Sqlite;

/// <summary>Writes plans with statements prepared once, on the one writing connection.</summary>
internal sealed class SqliteBatch(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    /// <returns>Whether it was committed; false when the store stands elsewhere than the plan expects.</returns>
    public bool Commit(BatchPlan plan)
    {
        Statement("BEGIN IMMEDIATE", 0).Run();
        var committed = false;
        try
        {
            if (Write(plan))
            {
                Statement("COMMIT", 0).Run();
                committed = true;
            }
        }
        catch (SqliteException fault) when (SqliteErrors.IsConflict(fault))
        {
            committed = false;
        }
        finally
        {
            if (!committed)
            {
                Rollback();
            }
        }

        return committed;
    }

    public SqliteStatement Statement(string sql, int parameters)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements.Add(sql, statement = new SqliteStatement(connection, sql, parameters));
        }

        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }
    }

    private void Rollback()
    {
        // Some faults have already rolled back: then there is nothing left to undo.
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            Statement("ROLLBACK", 0).Run();
        }
    }

    private bool Write(BatchPlan plan)
    {
        if (plan.DeletedStream is { } stream)
        {
            Statement("DELETE FROM journal_events WHERE stream = $1", 1).Set(1, stream).Run();
            Statement("DELETE FROM journal_snapshots WHERE stream = $1", 1).Set(1, stream).Run();
        }

        if (!Fenced(plan) || !States(plan))
        {
            return false;
        }

        Events(plan);
        Snapshots(plan);
        foreach (var table in plan.Rows.Values)
        {
            Rows(table);
        }

        return true;
    }

    private bool Fenced(BatchPlan plan)
    {
        var fence = Statement("SELECT 1 FROM journal_events WHERE stream = $1 AND version = $2", 2);
        foreach (var (stream, version) in plan.Fences)
        {
            // A stream at version 0 is fenced by the primary key alone.
            if (version > 0)
            {
                using var reader = fence.Set(1, stream).Set(2, version).Read();
                if (!reader.Read())
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool States(BatchPlan plan)
    {
        foreach (var (key, state) in plan.States)
        {
            var changed = state switch
            {
                { Content: null } => Statement("DELETE FROM journal_states WHERE key = $1 AND version = $2", 2)
                    .Set(1, key).Set(2, state.ExpectedVersion).Run(),
                { ExpectedVersion: 0 } => Statement("INSERT INTO journal_states (key, version, content) VALUES ($1, $2, $3)", 3)
                    .Set(1, key).Set(2, state.Version).Set(3, state.Content).Run(),
                _ => Statement("UPDATE journal_states SET version = $3, content = $4 WHERE key = $1 AND version = $2", 4)
                    .Set(1, key).Set(2, state.ExpectedVersion).Set(3, state.Version).Set(4, state.Content).Run(),
            };
            if (changed != 1)
            {
                return false;
            }
        }

        return true;
    }

    private void Events(BatchPlan plan)
    {
        var insert = Statement(
            "INSERT INTO journal_events (stream, version, append_id, type, at, body, sealed) "
            + "VALUES ($1, $2, $3, $4, $5, $6, $7)",
            7);
        foreach (var each in plan.Events)
        {
            insert.Set(1, each.Stream)
                .Set(2, each.Version)
                .Set(3, each.AppendId.ToByteArray())
                .Set(4, each.Event.Type)
                .Set(5, Instants.ToMicroseconds(each.Event.At))
                .Set(6, each.Event.Body)
                .Set(7, each.Event.Sealed)
                .Run();
        }
    }

    private void Snapshots(BatchPlan plan)
    {
        var upsert = Statement(
            "INSERT OR REPLACE INTO journal_snapshots (stream, version, body, sealed) VALUES ($1, $2, $3, $4)", 4);
        foreach (var (stream, (version, snapshot)) in plan.Snapshots)
        {
            upsert.Set(1, stream).Set(2, version).Set(3, snapshot.Body).Set(4, snapshot.Sealed).Run();
        }
    }

    private void Rows(Dictionary<RowKey, RowChange> changes)
    {
        foreach (var change in changes.Values)
        {
            var (upsert, delete) = SqliteRows.Of(change.Table);
            var statement = Statement(change.Deletes ? delete : upsert, change.Values.Length);
            for (var i = 0; i < change.Values.Length; i++)
            {
                statement.SetAny(i + 1, change.Values[i]);
            }

            statement.Run();
        }
    }
}
