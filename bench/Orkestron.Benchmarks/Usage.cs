namespace Orkestron.Benchmarks;

/// <summary>The benches by name, and what each measures.</summary>
internal static class Usage
{
    private static readonly (string Name, string What)[] Benches =
    [
        ("journal", "group commit beside the naive grain's WriteStateAsync and single-row commits"),
        ("tasks", "three-step tasks with hold, capture and split, at 1, 32, 128 and 512 in flight"),
        ("idle", "one task at a time"),
        ("watchers", "200 and 1,000 viewers of a task with 20 events a second, served by a process of its own"),
        ("orchestration", "a durable call, a map of 100 branches, going on after 1,000 steps"),
        ("providers", "memory of 1,000 provider processes that wait for work"),
        ("isolation", "a warm call in a child process beside the same call in process"),
        ("lists", "a page of a list of tasks, filtered, with 1,000,000 tasks stored"),
        ("waiting", "memory and a sweep with 100,000 tasks that wait for an answer"),
        ("outside", "three side effects, and three calls of an outside agent, of a provider's process over HTTP"),
        ("http", "what requests cost the node: time, processor time, allocations"),
        ("peers", "the same beside Restate and DBOS, over HTTP on PostgreSQL; npm installs them on demand"),
        ("bombs", "answers to others while one user sends inputs that take all they can get, and the node's memory"),
        ("start", "so many starts of the web program until it is ready, of this build or of the folders that follow"),
    ];

    public static bool Knows(string name) => Benches.Any(bench => bench.Name == name);

    public static string Text =>
        $"""
        Usage: dotnet run -c Release --project bench/Orkestron.Benchmarks -- BENCH [SECONDS] [IN-FLIGHT] [STORE]
        {string.Join(Environment.NewLine, Benches.Select(static bench => $"  {bench.Name,-14} {bench.What}"))}
          IN-FLIGHT      other numbers of tasks in flight, as 32,128
          STORE          sqlite or postgresql only
        SQLite always; PostgreSQL when ORKESTRON_TEST_POSTGRES is set (eng/postgres.sh start prints it).
        """;
}
