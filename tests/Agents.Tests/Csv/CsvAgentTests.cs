using System.Text.Json;
using Orkestron.Agents.Tests.Common;

namespace Orkestron.Agents.Tests.Csv;

public sealed class CsvAgentTests(AgentsFixture agents)
{
    private const string Sales = "region,day,amount,code\nNorth,2026-01-01,10.5,007\nSouth,2026-01-02,4,011\nNorth,2026-01-03,2,\n";

    [Fact]
    public async Task Query_OverTypedColumns_Computes()
    {
        var answer = await QueryAsync(
            "WITH n AS (SELECT * FROM data WHERE region = 'North') SELECT region, sum(amount) AS s, max(day) AS d, min(code) AS c, "
            + "avg(year(day)) AS y FROM n GROUP BY region");
        Assert.Equal("""["North",12.5,"2026-01-03","007",2026]""", Compact(answer.GetProperty("rows")[0]));
        Assert.Equal(3, answer.GetProperty("dataRows").GetInt32());
    }

    [Fact]
    public async Task Describe_Always_NamesEachColumn()
    {
        var answer = await agents.RunAsync("csv-analyst", new { csv = Sales });
        Assert.Equal(4, answer.GetProperty("rowCount").GetInt32());
        Assert.Contains("region", Compact(answer.GetProperty("rows")[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT region, row_number() OVER (PARTITION BY region ORDER BY day) AS n FROM data ORDER BY 1, 2")]
    [InlineData("SELECT CASE WHEN amount > 3 THEN 'big' ELSE 'small' END AS size, count(*) FROM data GROUP BY ALL HAVING count(*) > 0")]
    [InlineData("SELECT a.region FROM data a JOIN data b USING (region) WHERE a.day BETWEEN '2026-01-01' AND '2026-12-31'")]
    [InlineData("SELECT region FROM data WHERE region LIKE 'N%' UNION ALL SELECT lower(region) FROM data")]
    [InlineData("SELECT * FROM (SELECT upper(region) || '!' AS r FROM data) WHERE r IN (SELECT 'NORTH!')")]
    [InlineData("DESCRIBE data")]
    [InlineData("DESCRIBE WITH a AS (SELECT * FROM data) SELECT * FROM a")]
    [InlineData("WITH a AS (SELECT region FROM data), b AS (SELECT * FROM a) SELECT * FROM B WHERE EXISTS (FROM a)")]
    [InlineData("WITH data AS (SELECT region FROM data) SELECT * FROM data")]
    [InlineData("WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r, (WITH s AS (SELECT 3 AS n) FROM s) WHERE i < n) SELECT * FROM r")]
    [InlineData("WITH a AS (SELECT 1 AS x) SELECT * FROM a UNION ALL SELECT * FROM a")]
    [InlineData("SELECT * FROM data, LATERAL (WITH b AS (SELECT amount AS y) SELECT * FROM b)")]
    [InlineData("FROM data LIMIT 1")]
    public async Task Query_InOrdinarySql_IsAllowed(string sql)
    {
        var answer = await QueryAsync(sql);
        Assert.NotEqual(0, answer.GetProperty("rowCount").GetInt32());
    }

    [Theory]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM read_text('/etc/passwd')")]
    [InlineData("SELECT * FROM read_blob('/etc/passwd')")]
    [InlineData("SELECT * FROM glob('/*')")]
    [InlineData("SELECT * FROM '/etc/passwd'")]
    [InlineData("SELECT * FROM 'https://example.org/x.csv'")]
    [InlineData("SELECT * FROM \"/etc/passwd\"")]
    [InlineData("SELECT * FROM data WHERE region IN (SELECT content FROM read_text('/etc/passwd'))")]
    [InlineData("WITH x AS (SELECT * FROM read_csv('/etc/passwd')) SELECT * FROM x")]
    [InlineData("COPY data TO '/tmp/stolen.csv'")]
    [InlineData("COPY data FROM '/etc/passwd'")]
    [InlineData("ATTACH '/tmp/x.db'")]
    [InlineData("ATTACH 'https://example.org/x.db'")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD httpfs")]
    [InlineData("PRAGMA database_list")]
    [InlineData("PRAGMA enable_external_access")]
    [InlineData("SET enable_external_access=true")]
    [InlineData("RESET memory_limit")]
    [InlineData("SELECT getenv('HOME')")]
    [InlineData("SELECT current_setting('memory_limit')")]
    [InlineData("SELECT * FROM duckdb_settings()")]
    [InlineData("SELECT * FROM information_schema.tables")]
    [InlineData("SELECT * FROM duckdb_secrets()")]
    [InlineData("SHOW TABLES")]
    [InlineData("SHOW ALL TABLES")]
    [InlineData("EXPORT DATABASE '/tmp/x'")]
    [InlineData("IMPORT DATABASE '/tmp/x'")]
    [InlineData("DROP TABLE data")]
    [InlineData("DELETE FROM data")]
    [InlineData("CREATE TABLE x AS SELECT 1")]
    [InlineData("CALL pragma_version()")]
    [InlineData("SELECT 1; COPY data TO '/tmp/x'")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT * FROM query('SELECT 1')")]
    [InlineData("SELECT * FROM query_table('data')")]
    [InlineData("SELECT repeat('x', 1000000000)")]
    [InlineData("SELECT lpad('x', 1000000000, 'y')")]
    [InlineData("SELECT len(range(1000000000))")]
    [InlineData("SELECT len(generate_series(1, 1000000000))")]
    [InlineData("SELECT sum(i) FROM range(1000000000000) t(i)")]
    [InlineData("SELECT printf('%1000000000s', 'x')")]
    [InlineData("SELECT main.getenv('HOME')")]
    [InlineData("EXPLAIN ANALYZE SELECT 1")]
    [InlineData("SELECT (WITH pg_settings AS (SELECT 1) SELECT 1), * FROM pg_settings")]
    [InlineData("SELECT * FROM pg_settings, (WITH pg_settings AS (SELECT 1) SELECT * FROM pg_settings)")]
    [InlineData("WITH pg_settings AS (SELECT * FROM pg_settings) SELECT * FROM pg_settings")]
    [InlineData("WITH RECURSIVE pg_settings AS (SELECT * FROM pg_settings) SELECT * FROM pg_settings")]
    [InlineData("WITH RECURSIVE pg_settings(n) AS (SELECT name FROM pg_settings UNION ALL SELECT n FROM pg_settings WHERE 1=0) SELECT * FROM pg_settings")]
    [InlineData("WITH a AS (SELECT * FROM duckdb_tables), duckdb_tables AS (SELECT 1) SELECT * FROM a")]
    [InlineData("(WITH sqlite_master AS (SELECT 1) SELECT * FROM sqlite_master) UNION ALL SELECT 1 FROM sqlite_master")]
    [InlineData("SELECT 1 UNION ALL SELECT count(*) FROM pragma_database_list")]
    [InlineData("SELECT 1 FROM data WHERE 'x' IN (FROM duckdb_settings SELECT name)")]
    [InlineData("DESCRIBE pg_settings")]
    [InlineData("SUMMARIZE duckdb_settings")]
    [InlineData("DESCRIBE SELECT * FROM pg_settings")]
    [InlineData("WITH data AS (SELECT 1), pg_class AS (SELECT 1) SELECT * FROM (SELECT * FROM pg_type)")]
    [InlineData("FROM (PIVOT pg_settings ON name USING count(*))")]
    public async Task Query_ThatReachesOutside_IsNotAllowed(string sql)
    {
        var refusal = await agents.RefusesAsync("csv-analyst", new { csv = Sales, mode = "query", sql });
        Assert.Equal("sql_not_allowed", refusal.Code);
    }

    [Theory]
    [InlineData("SELEC 1", "sql_invalid")]
    [InlineData("SELECT nothing FROM data", "sql_invalid")]
    [InlineData("", "empty_input")]
    [InlineData(";", "sql_not_allowed")]
    public async Task Query_ThatIsWrong_IsRefused(string sql, string code)
    {
        var refusal = await agents.RefusesAsync("csv-analyst", new { csv = Sales, mode = "query", sql });
        Assert.Equal(code, refusal.Code);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n4,5\n", "line 3")]
    [InlineData("a,b\n1,2\n3,4,5\n", "line 3")]
    [InlineData("a,b\n1,2\n3,x\"y\n", "line 3")]
    public async Task Csv_WhenMalformed_IsRefusedWithTheLine(string csv, string where)
    {
        var refusal = await agents.RefusesAsync("csv-analyst", new { csv });
        Assert.Equal("malformed_csv", refusal.Code);
        Assert.Contains(where, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_WithHostileNames_IsOnlyData()
    {
        const string Csv = "\"a\"\"; DROP TABLE data; --\",a,A,\n1,2,3,4\n";
        var answer = await agents.RunAsync("csv-analyst", new { csv = Csv, mode = "query", sql = "SELECT * FROM data" });
        Assert.Equal(
            ["a\"; DROP TABLE data; --", "a", "A_2", "column4"],
            answer.GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("name").GetString()!));
    }

    [Fact]
    public async Task Query_WithManyRows_IsCutAndSaysSo()
    {
        var csv = "n\n" + string.Join('\n', Enumerable.Range(0, 5_000));
        var answer = await agents.RunAsync("csv-analyst", new { csv, mode = "query", sql = "SELECT n FROM data" });
        Assert.Equal(1_000, answer.GetProperty("rows").GetArrayLength());
        Assert.True(answer.GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public async Task Query_ThatMultipliesText_StaysBounded()
    {
        var csv = "n,t\n" + string.Join('\n', Enumerable.Range(0, 1_000).Select(i => $"{i},{new string('x', 900)}"));
        var refusal = await agents.RefusesAsync("csv-analyst", new
        {
            csv,
            mode = "query",
            sql = "SELECT list(a.t || b.t || c.n) AS l FROM data a, data b, data c",
        });
        Assert.Contains(refusal.Code, (string[])["sql_memory", "sql_timeout"]);
    }

    [Fact]
    public async Task Query_WithoutEnd_IsInterrupted()
    {
        var csv = "n\n" + string.Join('\n', Enumerable.Range(0, 5_000));
        using var stop = new CancellationTokenSource();
        var context = new FakeContext { OnProgress = m => { if (m == "Running the SQL") { stop.CancelAfter(200); } } };
        var input = JsonSerializer.SerializeToElement(new
        {
            csv,
            mode = "query",
            sql = "SELECT sum(a.n * b.n % 7 + c.n) FROM data a, data b, data c",
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => agents["csv-analyst"].RunAsync(input, context, stop.Token));
    }

    [Fact]
    public async Task Csv_OfUnicode_ComesBackUnchanged()
    {
        var answer = await agents.RunAsync("csv-analyst", new
        {
            csv = "größe,emoji\n\"zwei\nZeilen\",😀\n",
            mode = "query",
            sql = "SELECT * FROM data",
        });
        Assert.Equal("zwei\nZeilen", answer.GetProperty("rows")[0][0].GetString());
        Assert.Equal("😀", answer.GetProperty("rows")[0][1].GetString());
    }

    [Fact]
    public async Task File_OfTwentyMegabytes_IsAnalysed()
    {
        const int Rows = 650_000;
        using var csv = new MemoryStream();
        await using (var writer = new StreamWriter(csv, leaveOpen: true))
        {
            await writer.WriteLineAsync("id;region;amount;day");
            for (var i = 0; i < Rows; i++)
            {
                await writer.WriteLineAsync($"{i};region {i % 7};{i % 100}.5;2026-01-{(i % 28) + 1:00}");
            }
        }

        Assert.InRange(csv.Length, 20_000_000, 22_000_000);
        var context = new FakeContext { Files = { ["artifact:one"] = csv.ToArray() } };

        var answer = await agents.RunAsync(
            "csv-analyst",
            new { file = "artifact:one", mode = "query", sql = "SELECT count(*), sum(id), count(DISTINCT region) FROM data" },
            context);

        Assert.Equal($"[{Rows},{(long)Rows * (Rows - 1) / 2},7]", Compact(answer.GetProperty("rows")[0]));
        Assert.Equal(Rows, answer.GetProperty("dataRows").GetInt32());
    }

    [Fact]
    public async Task File_BesideText_IsRefused()
    {
        var refusal = await agents.RefusesAsync("csv-analyst", new { csv = Sales, file = "artifact:one" });
        Assert.Equal("invalid_input", refusal.Code);
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private Task<JsonElement> QueryAsync(string sql) =>
        agents.RunAsync("csv-analyst", new { csv = Sales, mode = "query", sql });
}
