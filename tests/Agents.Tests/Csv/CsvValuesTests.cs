using System.Text.Encodings.Web;
using System.Text.Json;
using Orkestron.Agents.Tests.Common;

namespace Orkestron.Agents.Tests.Csv;

/// <summary>Values that come out of a query as they stand in the CSV.</summary>
public sealed class CsvValuesTests(AgentsFixture agents)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    // A time of day stays, alone and beside plain dates; an offset is an instant.
    [InlineData("t\n2026-01-01 10:15:00", "timestamp", "2026-01-01T10:15:00")]
    [InlineData("t\n2026-01-01T10:15\n2026-01-02T00:00", "timestamp", "2026-01-01T10:15:00|2026-01-02T00:00:00")]
    [InlineData("t\n2026-01-01\n2026-01-02 09:05:00.25", "timestamp", "2026-01-01T00:00:00|2026-01-02T09:05:00.25")]
    [InlineData("t\n2026-01-01T10:15:00+02:00\n2026-01-01 10:15Z", "timestamptz", "2026-01-01T08:15:00Z|2026-01-01T10:15:00Z")]
    [InlineData("t\n2026-01-01 10:15:00 -0330", "timestamptz", "2026-01-01T13:45:00Z")]
    [InlineData("t\n2026-01-01 10:15:00.123456789", "timestampns", "2026-01-01T10:15:00.123456789")]
    [InlineData("t\n2026-01-01 10:15:00\n2026-01-01 10:15:00+02:00", "varchar", "2026-01-01 10:15:00|2026-01-01 10:15:00+02:00")]
    [InlineData("t\n10:15\n23:59", "varchar", "10:15|23:59")]
    // Dates in other orders, where the values or the convention say which.
    [InlineData("t\n31.12.2026\n01.02.2026 10:15", "timestamp", "2026-12-31T00:00:00|2026-02-01T10:15:00")]
    [InlineData("t\n1.2.2026", "date", "2026-02-01")]
    [InlineData("t\n12/31/2026\n1/2/2026", "date", "2026-12-31|2026-01-02")]
    [InlineData("t\n31/12/2026\n1/2/2026", "date", "2026-12-31|2026-02-01")]
    [InlineData("t\n1/2/2026\n3/4/2026", "varchar", "1/2/2026|3/4/2026")]
    [InlineData("t\n1.2.26\n2026.1.2", "varchar", "1.2.26|2026.1.2")]
    [InlineData("t\n2026-02-30", "varchar", "2026-02-30")]
    [InlineData("t\ninfinity\n2026-01-01", "varchar", "infinity|2026-01-01")]
    // Integers of any length, and codes that are none.
    [InlineData("t\n12345678901234567890\n12345678901234567891", "hugeint", "12345678901234567890|12345678901234567891")]
    [InlineData("t\n9223372036854775807\n-9223372036854775808", "bigint", "9223372036854775807|-9223372036854775808")]
    [InlineData("t\n1234567890123456789012345678901234567890\n1", "varchar", "1234567890123456789012345678901234567890|1")]
    [InlineData("t\n007\n12", "varchar", "007|12")]
    [InlineData("t\n+4915112345678", "varchar", "+4915112345678")]
    [InlineData("t\n-0", "varchar", "-0")]
    // Fractions that a double would round, and what neither it nor a decimal has.
    [InlineData("t\n19.90\n-5.00\n0.05", "decimal", "19.90|-5.00|0.05")]
    [InlineData("t;u\n1.234,50;1\n7,05;2", "decimal", "1234.50|7.05")]
    [InlineData("t\n1.5\n2.25", "double", "1.5|2.25")]
    [InlineData("t\n12345678901234567.89\n1.5", "decimal", "12345678901234567.89|1.50")]
    [InlineData("t\n0.1\n-0.0\n1e5", "double", "0.1|-0|100000")]
    [InlineData("t\n1e400\n1", "varchar", "1e400|1")]
    [InlineData("t\n1e-400\n1", "varchar", "1e-400|1")]
    [InlineData("t\n1.2345678901234567890123456789012345678901\n1", "varchar", "1.2345678901234567890123456789012345678901|1")]
    [InlineData("t\n12345678901234567890.1234567890123456\n1", "decimal", "12345678901234567890.1234567890123456|1.0000000000000000")]
    [InlineData("t\nnan\n1", "varchar", "nan|1")]
    // Decimal commas and thousands, where they cannot be anything else.
    [InlineData("t;u\n1.234,50;x\n-2,5;y", "double", "1234.5|-2.5")]
    [InlineData("t;u\n1.234;1,5\n22.345;2,5", "bigint", "1234|22345")]
    [InlineData("t\n\"1,234.50\"\n\"12,345,678\"", "double", "1234.5|12345678")]
    [InlineData("t\n1'234.50\n2", "double", "1234.5|2")]
    [InlineData("t;u\n1 234,5;x\n2;y", "double", "1234.5|2")]
    [InlineData("t\n\"1,234\"\n\"5,678\"", "varchar", "1,234|5,678")]
    [InlineData("t\n555 123\n555 124", "varchar", "555 123|555 124")]
    [InlineData("t\n1.234\n5.678", "double", "1.234|5.678")]
    // Blanks around numbers and dates go, those of texts stay.
    [InlineData("t, u\n 1, x\n2 ,y", "bigint", "1|2")]
    [InlineData("t,u\n x ,1\ny,2", "varchar", " x |y")]
    [InlineData("t,u\n 2026-01-01,1", "date", "2026-01-01")]
    [InlineData("t\nTRUE\nfalse", "boolean", "True|False")]
    public async Task Query_OfAColumn_KeepsItsValues(string csv, string type, string values)
    {
        var answer = await QueryAsync(new { csv, mode = "query", sql = "SELECT t FROM data" });
        Assert.Equal(type, answer.GetProperty("columns")[0].GetProperty("type").GetString());
        Assert.Equal(type, answer.GetProperty("read").GetProperty("columns")[0].GetProperty("type").GetString());
        Assert.Equal(values, string.Join('|', answer.GetProperty("rows").EnumerateArray().Select(row => row[0].ToString())));
    }

    [Theory]
    [InlineData("SELECT DATE 'infinity'", "\"infinity\"")]
    [InlineData("SELECT TIMESTAMP '-infinity'", "\"-infinity\"")]
    [InlineData("SELECT [NULL, 1]", "\"[NULL, 1]\"")]
    [InlineData("SELECT [DATE '2026-01-01', NULL]", "\"[2026-01-01, NULL]\"")]
    [InlineData("SELECT CAST(NULL AS INTEGER[])", "null")]
    [InlineData("SELECT {'a': [NULL, {'b': DATE 'infinity'}]}", "\"{'a': [NULL, {'b': infinity}]}\"")]
    [InlineData("SELECT CAST('99999999999999999999999999999999999999' AS DECIMAL(38,0))", "\"99999999999999999999999999999999999999\"")]
    [InlineData("SELECT CAST('-1.10' AS DECIMAL(38,10))", "-1.1000000000")]
    [InlineData("SELECT CAST('170141183460469231731687303715884105727' AS HUGEINT)", "\"170141183460469231731687303715884105727\"")]
    [InlineData("SELECT CAST('340282366920938463463374607431768211455' AS UHUGEINT)", "\"340282366920938463463374607431768211455\"")]
    [InlineData("SELECT CAST(18446744073709551615 AS UBIGINT)", "18446744073709551615")]
    [InlineData("SELECT CAST('123456789012345678901234567890123456789012345' AS VARINT)", "\"123456789012345678901234567890123456789012345\"")]
    [InlineData("SELECT INTERVAL '1 year 2 months 3 days 04:05:06.7'", "\"1 year 2 months 3 days 04:05:06.7\"")]
    [InlineData("SELECT CAST('10:15:00+02' AS TIMETZ)", "\"10:15:00+02\"")]
    [InlineData("SELECT CAST('24:00:00' AS TIME)", "\"24:00:00\"")]
    [InlineData("SELECT TIMESTAMPTZ '2026-01-01 10:15:00+02'", "\"2026-01-01T08:15:00Z\"")]
    [InlineData("SELECT CAST('\\xAA\\x00' AS BLOB)", "\"\\\\xAA\\\\x00\"")]
    [InlineData("SELECT CAST('101' AS BIT)", "\"101\"")]
    [InlineData("SELECT CAST('a' AS ENUM('a', 'b'))", "\"a\"")]
    [InlineData("SELECT DATE '10000-01-01'", "\"10000-01-01\"")]
    [InlineData("SELECT DATE '0044-03-15 (BC)'", "\"0044-03-15 (BC)\"")]
    [InlineData("SELECT CAST('nan' AS DOUBLE), CAST('-inf' AS FLOAT), CAST('-0.0' AS DOUBLE)", "\"NaN\",\"-Infinity\",-0")]
    [InlineData("SELECT CAST([1, 2] AS INTEGER[2]), CAST('3f0c0000-0000-0000-0000-000000000000' AS UUID)", "\"[1, 2]\",\"3f0c0000-0000-0000-0000-000000000000\"")]
    [InlineData("SELECT NULL, 1 AS a, 2 AS a -- no more", "null,1,2")]
    [InlineData("SELECT sum(t) FROM data; ; -- done;", "3")]
    public async Task Query_OfAnyType_SaysTheValueExactly(string sql, string row)
    {
        var answer = await QueryAsync(new { csv = "t\n1\n2\n", mode = "query", sql });
        Assert.Equal($"[{row}]", Plain(answer.GetProperty("rows")[0]));
    }

    [Fact]
    public async Task Query_OverAmounts_SumsThemExactly()
    {
        var answer = await QueryAsync(
            new { csv = "t,n\n0.10,3\n0.20,1\n", mode = "query", sql = "SELECT sum(t), sum(t * n), avg(t), max(t) / 3 FROM data" });
        Assert.Equal("[0.30,0.50,0.15,0.06666666666666667]", Plain(answer.GetProperty("rows")[0]));
    }

    [Fact]
    public async Task Query_WithOrder_KeepsIt()
    {
        var answer = await QueryAsync(new { csv = "t\n2\n3\n1\n", mode = "query", sql = "SELECT [t] AS l, t AS \"t\" FROM data ORDER BY t DESC" });
        Assert.Equal("""[["[3]",3],["[2]",2],["[1]",1]]""", JsonSerializer.Serialize(answer.GetProperty("rows")));
        Assert.Equal(["l", "t"], answer.GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("name").GetString()!));
        Assert.Equal("list", answer.GetProperty("columns")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Query_OfALongValue_CutsItAndSaysSo()
    {
        var csv = "t\n" + new string('x', 1_998) + "😀😀\n";
        var answer = await QueryAsync(new { csv, mode = "query", sql = "SELECT t FROM data" });
        Assert.Equal(new string('x', 1_998) + "…", answer.GetProperty("rows")[0][0].GetString());
        Assert.Contains("1 values have more than 2000 characters", Notes(answer), StringComparison.Ordinal);
    }

    /// <summary>JSON without escapes that it could do without.</summary>
    internal static string Plain(JsonElement element) => JsonSerializer.Serialize(element, Relaxed);

    internal static string Notes(JsonElement answer) => string.Join('\n', answer.GetProperty("notes").EnumerateArray());

    private Task<JsonElement> QueryAsync(object input) => agents.RunAsync("csv-analyst", input);
}
