using Npgsql;
using Orkestron.Journal.Postgres;
using Orkestron.Tests.Shared;

namespace Orkestron.Journal.Tests.Stores;

/// <summary>How PostgreSQL finds what the writer looks for.</summary>
public sealed class PostgresPlanTests
{
    // As the fence does, on a table so small that a fresh plan reads all of it.
    private const string Plan = """
        EXPLAIN SELECT count(*) FROM unnest(ARRAY['a', 'b'], ARRAY[1::bigint, 2::bigint]) AS f(stream, version)
        JOIN events e ON e.stream = f.stream AND e.version = f.version
        """;

    [Fact]
    public async Task Writer_OnASmallTable_PlansByKeyAllTheSame()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.CreateAsync("plan");
        await database.RunAsync(
            "CREATE TABLE events (stream text, version bigint, PRIMARY KEY (stream, version)); "
            + "INSERT INTO events VALUES ('a', 1); ANALYZE events");

        await using var writer = PostgresSources.CreateWriter(database.ConnectionString, new JournalOptions());
        await using var reader = PostgresSources.Create(database.ConnectionString, new JournalOptions(), "reader", 1);

        Assert.Contains("Seq Scan on events", await PlanAsync(reader, stop), StringComparison.Ordinal);
        var plan = await PlanAsync(writer, stop);
        Assert.DoesNotContain("Seq Scan on events", plan, StringComparison.Ordinal);
        Assert.Contains("Nested Loop", plan, StringComparison.Ordinal);
    }

    private static async Task<string> PlanAsync(NpgsqlDataSource source, CancellationToken stop)
    {
        await using var command = source.CreateCommand(Plan);
        await using var lines = await command.ExecuteReaderAsync(stop);
        var plan = new List<string>();
        while (await lines.ReadAsync(stop))
        {
            plan.Add(lines.GetString(0));
        }

        return string.Join('\n', plan);
    }
}
