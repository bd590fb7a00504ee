using System.Text;
using System.Text.Json;
using Orkestron.Agents.Tests.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Tests.Csv;

/// <summary>How a CSV is cut into columns and rows, by what the input says or by what is found and told.</summary>
public sealed class CsvReadingTests(AgentsFixture agents)
{
    [Theory]
    // Delimiters are counted outside quotes, over some lines.
    [InlineData("\"a;b;c\",d\nx,1", "comma", "a;b;c,d", "x|1")]
    [InlineData("a;\"b,c,d\"\n1;x", "semicolon", "a,b,c,d", "1|x")]
    [InlineData("a,b,c;d\n1;2\n3;4", "semicolon", "a,b,c,d", "1|2")]
    [InlineData("a|b\n1|2,5\n3|4,5", "pipe", "a,b", "1|2.5")]
    [InlineData("1,5;2,5\n3,5;4,5", "semicolon", "column1,column2", "1.5|2.5")]
    [InlineData("a\tb, c\n1\tx, y", "tab", "a,b, c", "1|x, y")]
    [InlineData("a\nx", "comma", "a", "x")]
    // Excel's line.
    [InlineData("sep=;\na,x;b\n1;2", "semicolon", "a,x,b", "1|2")]
    [InlineData("\"sep=|\"\r\na|b\r\n1|2", "pipe", "a,b", "1|2")]
    [InlineData("SEP=,\na;b,c\n1,2", "comma", "a;b,c", "1|2")]
    // A byte order mark goes, once; a quote may follow a blank.
    [InlineData("\ufeff\"a\",\"b\"\n1,2", "comma", "a,b", "1|2")]
    [InlineData("\ufeffsep=;\na;b\n1;2", "semicolon", "a,b", "1|2")]
    [InlineData("a, b\n1, \"x, y\"", "comma", "a,b", "1|x, y")]
    [InlineData("\"a\",   \"b\"\nx ,   \"say \"\"hi\"\"\"", "comma", "a,b", "x|say \"hi\"")]
    // Titles before the table; a first line like the others.
    [InlineData("Report 2026\n\na,b\n1,2\n3,4", "comma", "a,b", "1|2")]
    [InlineData("Sales\nNorth only\na,b,c\n1,2,3\n4,5,6", "comma", "a,b,c", "1|2|3")]
    [InlineData("Sales 2026;;\n;;\nRegion;Q1;Q2\nNorth;1,5;2\nSouth;3,5;4", "semicolon", "Region,Q1,Q2", "North|1.5|2")]
    [InlineData("name,,\nx,1,2\ny,3,4", "comma", "name,column2,column3", "x|1|2")]
    [InlineData("1,2026-01-01\n2,2026-01-02", "comma", "column1,column2", "1|2026-01-01")]
    [InlineData("2024,2025\n1,2\n3,4", "comma", "2024,2025", "1|2")]
    [InlineData("x,1\ny,2", "comma", "x,1", "y|2")]
    public async Task Csv_LeftToItself_IsReadRight(string csv, string delimiter, string names, string row)
    {
        var answer = await QueryAsync(new { csv, mode = "query", sql = "FROM data" });
        Assert.Equal(names, string.Join(',', Names(answer)));
        Assert.Equal(row, string.Join('|', answer.GetProperty("rows")[0].EnumerateArray().Select(v => v.ToString())));
        Assert.Equal(delimiter, answer.GetProperty("read").GetProperty("delimiter").GetString());
        Assert.Contains("delimiter", answer.GetProperty("read").GetProperty("guessed").EnumerateArray().Select(g => g.GetString()));
    }

    [Theory]
    [InlineData("""{"delimiter":"pipe"}""", "a,b|c\n1|2", "a,b;c", "1|2")]
    [InlineData("""{"delimiter":"colon"}""", "a:b\n1:2", "a;b", "1|2")]
    [InlineData("""{"delimiter":"space"}""", "a b\n1 2", "a;b", "1|2")]
    [InlineData("""{"delimiter":"comma"}""", "sep=;\na;x,b\n1,2", "a;x;b", "1|2")]
    [InlineData("""{"decimal":"comma"}""", "a\n\"1,234\"", "a", "1.234")]
    [InlineData("""{"decimal":"comma"}""", "a\n1.234", "a", "1234")]
    [InlineData("""{"decimal":"comma"}""", "a\n1.5", "a", "1.5")]
    [InlineData("""{"decimal":"point"}""", "a\n\"1,234\"", "a", "1234")]
    [InlineData("""{"thousands":"comma"}""", "a\n\"1,234\"", "a", "1234")]
    [InlineData("""{"thousands":"space"}""", "a\n1 234", "a", "1234")]
    [InlineData("""{"thousands":"none"}""", "a\n\"1,234,567\"", "a", "1,234,567")]
    [InlineData("""{"dateOrder":"mdy"}""", "a\n01/02/2026", "a", "2026-01-02")]
    [InlineData("""{"dateOrder":"dmy"}""", "a\n01/02/26 10:15", "a", "2026-02-01T10:15:00")]
    [InlineData("""{"dateOrder":"dmy"}""", "a\n12/31/2026", "a", "12/31/2026")]
    [InlineData("""{"dateOrder":"mdy"}""", "a\n2026-01-02", "a", "2026-01-02")]
    [InlineData("""{"dateOrder":"ymd"}""", "a\n2026.01.02", "a", "2026-01-02")]
    [InlineData("""{"skipLines":2}""", "x\ny,z\na,b\n1,2", "a;b", "1|2")]
    [InlineData("""{"skipLines":0}""", "a\n1\n2", "a", "1")]
    [InlineData("""{"header":false}""", "a,b\n1,2", "column1;column2", "a|b")]
    [InlineData("""{"header":true}""", "1,2\n3,4", "1;2", "3|4")]
    public async Task Csv_WithAnOption_IsReadByIt(string options, string csv, string names, string row)
    {
        var said = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(options)!;
        var input = new Dictionary<string, object>(said.Select(o => KeyValuePair.Create(o.Key, (object)o.Value)))
        {
            ["csv"] = csv,
            ["mode"] = "query",
            ["sql"] = "FROM data",
        };
        SchemaAssert.MustFit(agents["csv-analyst"].Card.InputSchema, JsonSerializer.SerializeToElement(input), "input");
        var answer = await QueryAsync(input);
        Assert.Equal(names, string.Join(';', Names(answer)));
        Assert.Equal(row, string.Join('|', answer.GetProperty("rows")[0].EnumerateArray().Select(v => v.ToString())));
        Assert.DoesNotContain(
            said.Keys.Single(), answer.GetProperty("read").GetProperty("guessed").EnumerateArray().Select(g => g.GetString()));
    }

    [Fact]
    public async Task Read_Always_TellsWhatWasFound()
    {
        var context = new FakeContext
        {
            Files =
            {
                ["artifact:one"] = CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!
                    .GetBytes("Größe;Tag\n1.234,50;31.12.2026\n0,5;1.1.2027\n"),
            },
        };
        var answer = await agents.RunAsync(
            "csv-analyst", new { file = "artifact:one", mode = "query", sql = "SELECT * FROM data" }, context);
        Assert.Equal(
            """{"encoding":"windows-1252","delimiter":"semicolon","decimal":"comma","thousands":"point","dateOrder":"dmy","header":true,"skippedLines":0,"guessed":["encoding","delimiter","decimal","thousands","dateOrder","header"],"columns":[{"name":"Größe","type":"double"},{"name":"Tag","type":"date"}]}""",
            CsvValuesTests.Plain(answer.GetProperty("read")));
        Assert.Equal("""[1234.5,"2026-12-31"]""", JsonSerializer.Serialize(answer.GetProperty("rows")[0]));
        Assert.Contains("was read as windows-1252", CsvValuesTests.Notes(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,a,A,\n1,2,3,4", "a,a_2,A_3,column4", "Column 2 is called a_2: there is another a.")]
    [InlineData(",b,column1\n1,2,3", "column1,b,column1_2", "Column 3 is called column1_2: there is another column1.")]
    [InlineData(" x , X\n1,2", "x,X_2", "Column 2 is called X_2: there is another X.")]
    public async Task Header_WithNamesTwice_IsTold(string csv, string names, string note)
    {
        var answer = await QueryAsync(new { csv });
        Assert.Equal(
            names,
            string.Join(
                ',', answer.GetProperty("read").GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("name").GetString())));
        Assert.Contains(note, CsvValuesTests.Notes(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(101, 101)]
    [InlineData(1_000, 1_000)]
    [InlineData(1_001, 1_000)]
    public async Task Header_OfManyCharacters_KeepsItsName(int length, int kept)
    {
        var name = new string('n', length);
        var answer = await QueryAsync(new { csv = $"{name},b\n1,2", mode = "query", sql = "FROM data" });
        Assert.Equal(name[..kept], Names(answer)[0]);
        Assert.Equal(kept != length, CsvValuesTests.Notes(answer).Contains("cut to 1000", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sep=;\na;b\n1;2;3", "line 3")]
    [InlineData("Title\n\na,b\n1,2\n3,4\n5,6\n7", "line 7")]
    [InlineData("a\n1,2", "line 2")]
    [InlineData("text\nhello, you\nand, you", "line 2")]
    public async Task Csv_WithARowOfAnotherWidth_IsRefusedWithItsLine(string csv, string line)
    {
        var refusal = await agents.RefusesAsync("csv-analyst", new { csv });
        Assert.Equal("malformed_csv", refusal.Code);
        Assert.Contains(line + ":", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_WithABlankBeforeAQuoteFarDown_IsRead()
    {
        var csv = "a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 20_000)) + "3, \"x, y\"\n";
        var answer = await QueryAsync(new { csv, mode = "query", sql = "SELECT b FROM data WHERE a = 3" });
        Assert.Equal("x, y", answer.GetProperty("rows")[0][0].GetString());
    }

    [Theory]
    [InlineData("gzip", "not_text")]
    [InlineData("broken", "invalid_encoding")]
    [InlineData("nul", "not_text")]
    public async Task File_ThatIsNoText_IsRefused(string kind, string code)
    {
        byte[] bytes = kind switch
        {
            "gzip" => [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0],
            "broken" => [.. "a,ä\n1,"u8, 0xFF],
            _ => [.. "a,b\n1,"u8, 0],
        };
        var context = new FakeContext { Files = { ["artifact:one"] = bytes } };
        var refusal = await Assert.ThrowsAsync<AgentRefusedException>(
            () => agents.RunAsync("csv-analyst", new { file = "artifact:one" }, context));
        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public async Task File_InWindows1252OrUtf16_IsReadAsSuch()
    {
        const string Csv = "Straße;Preis\nKö;1,50 €\n";
        foreach (var (name, mark) in ((string, byte[])[])[("windows-1252", []), ("utf-16", [0xFF, 0xFE]), ("utf-16BE", [0xFE, 0xFF])])
        {
            var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
            var context = new FakeContext { Files = { ["artifact:one"] = [.. mark, .. encoding.GetBytes(Csv)] } };
            var answer = await agents.RunAsync("csv-analyst", new { file = "artifact:one", mode = "query", sql = "FROM data" }, context);
            Assert.Equal(["Kö", "1,50 €"], answer.GetProperty("rows")[0].EnumerateArray().Select(v => v.GetString()!));
            Assert.Equal(["Straße", "Preis"], Names(answer));
        }
    }

    [Fact]
    public async Task Csv_WithANul_IsRefused()
    {
        var refusal = await agents.RefusesAsync("csv-analyst", new { csv = "a\nx\0y" });
        Assert.Equal("not_text", refusal.Code);
        Assert.Contains("line 2", refusal.Message, StringComparison.Ordinal);
    }

    private static string[] Names(JsonElement answer) =>
        [.. answer.GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("name").GetString()!)];

    private Task<JsonElement> QueryAsync(object input) => agents.RunAsync("csv-analyst", input);
}
