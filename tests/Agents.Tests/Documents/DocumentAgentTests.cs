using Orkestron.Agents.Tests.Common;

namespace Orkestron.Agents.Tests.Documents;

public sealed class DocumentAgentTests(AgentsFixture agents)
{
    [Theory]
    [InlineData("markdown", "html", "# A\n\nb **c**", "<h1>A</h1>\n<p>b <strong>c</strong></p>\n")]
    [InlineData("markdown", "text", "# A\n\nb **c** [d](http://e.example)\n\n- x\n- y", "A\n\nb c d\n\n- x\n- y\n")]
    [InlineData("html", "markdown", "<h2>A</h2><p>b <b>c</b> <a href='http://e.example'>d</a></p><ul><li>x</li><li>y<ul><li>z</li></ul></li></ul>",
        "## A\n\nb **c** [d](<http://e.example>)\n\n- x\n- y\n  - z\n")]
    [InlineData("html", "markdown", "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td></tr></table>", "| a | b |\n| --- | --- |\n| 1 |  |\n")]
    [InlineData("html", "markdown", "<p>1 * 2 * 3 _x_</p>", "1 \\* 2 \\* 3 \\_x\\_\n")]
    [InlineData("html", "text", "<p>a  b<br>c</p><pre>x  y\n z</pre>", "a b\nc\n\nx  y\n z\n")]
    [InlineData("text", "html", "a < b\nc\n\nd", "<p>a &lt; b<br>\nc</p>\n<p>d</p>\n")]
    [InlineData("text", "markdown", "1. x\n\n# y", "1\\. x\n\n\\# y\n")]
    [InlineData("json", "yaml", """{"a":[1,"1","no",null,{}],"b":"x: y"}""", "a:\n- 1\n- \"1\"\n- \"no\"\n- null\n- {}\nb: 'x: y'\n")]
    [InlineData("yaml", "json", "a: &x [1, 0x10, ~, 007]\nb: *x", "{\n  \"a\": [\n    1,\n    16,\n    null,\n    \"007\"\n  ],\n  \"b\": [\n    1,\n    16,\n    null,\n    \"007\"\n  ]\n}\n")]
    [InlineData("csv", "json", "a;b\n1;x\n007;", "[\n  {\n    \"a\": 1,\n    \"b\": \"x\"\n  },\n  {\n    \"a\": \"007\",\n    \"b\": null\n  }\n]\n")]
    [InlineData("json", "csv", """[{"a":1,"b":"x,y"},{"a":"ü\"","c":[1]}]""", "a,b,c\n1,\"x,y\",\n\"ü\"\"\",,[1]\n")]
    [InlineData("json", "json", """{"n":123456789012345678901234567890.10}""", "{\n  \"n\": 123456789012345678901234567890.10\n}\n")]
    public async Task Conversion_OfAPair_Writes(string from, string to, string document, string expected)
    {
        var answer = await agents.RunAsync("document-converter", new { document, from, to });
        Assert.Equal(expected, answer.GetProperty("document").GetString());
        Assert.Equal(expected.Length, answer.GetProperty("characters").GetInt32());
    }

    [Theory]
    [InlineData("json", "{\n\"a\": 1,\n\"b\": }", "line 3")]
    [InlineData("json", "{\n\"a\": 1,\n\"a\": 2}", "line")]
    [InlineData("yaml", "a: 1\nb: [1", "line")]
    [InlineData("yaml", "a: 1\nb:\n  c: 1\n  c: 2", "line 4")]
    [InlineData("yaml", "a: 1\n---\nb: 2", "line 2")]
    [InlineData("yaml", "a: 1\nb: *nowhere", "line 2")]
    [InlineData("yaml", "a: &a [*a]", "line 1")]
    [InlineData("yaml", "? [1]\n: 2", "line 1")]
    public async Task Conversion_OfBrokenData_NamesTheLine(string from, string document, string told)
    {
        var refusal = await agents.RefusesAsync("document-converter", new { document, from, to = "csv" });
        Assert.Equal("malformed_document", refusal.Code);
        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversion_OfBrokenCsv_NamesTheLine()
    {
        var refusal = await agents.RefusesAsync("document-converter", new { document = "a,b\n1,2\n3", from = "csv", to = "json" });
        Assert.Contains("line 3", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p onclick='steal()'>a</p>", "onclick")]
    [InlineData("<script>steal()</script>a", "<script>")]
    [InlineData("<svg><script>steal()</script></svg>a", "<svg>")]
    [InlineData("<a href='java\nscript:steal()'>a</a>", "href")]
    [InlineData("<img src=x onerror=steal()>a", "onerror")]
    [InlineData("<iframe srcdoc='<script>steal()</script>'></iframe>a", "<iframe>")]
    [InlineData("<form action='https://evil.example'><input name=steal></form>a", "<form>")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=steal()></style></mglyph></table></mtext></math>a", "<math>")]
    [InlineData("<div style='background:url(//evil.example/steal)'>a</div>", "style")]
    public async Task Html_ThatWouldRun_IsSanitisedAndTold(string attack, string told)
    {
        foreach (var from in (string[])["html", "markdown"])
        {
            var answer = await agents.RunAsync("document-converter", new { document = attack, from, to = "html" });
            var html = answer.GetProperty("document").GetString()!;
            Assert.DoesNotContain("steal", html, StringComparison.Ordinal);
            Assert.Contains("a", html, StringComparison.Ordinal);
            Assert.Contains(told, answer.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[x](javascript:steal())")]
    [InlineData("![x](javascript:steal())")]
    [InlineData("<javascript:steal()>")]
    public async Task MarkdownLink_ToAScript_IsNoLink(string document)
    {
        var answer = await agents.RunAsync("document-converter", new { document, from = "markdown", to = "html" });
        Assert.DoesNotContain("href=\"javascript", answer.GetProperty("document").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"javascript", answer.GetProperty("document").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("html", "markdown", "<div>", 20_000)]
    [InlineData("html", "text", "<b><p>", 16_000)]
    [InlineData("html", "html", "<a><table>", 9_000)]
    [InlineData("markdown", "html", "> ", 40_000)]
    [InlineData("markdown", "html", "[", 90_000)]
    [InlineData("markdown", "text", "*a_ ", 24_000)]
    [InlineData("markdown", "html", "- ", 40_000)]
    [InlineData("markdown", "html", "![[](", 18_000)]
    [InlineData("markdown", "html", "`a``", 24_000)]
    [InlineData("json", "yaml", "[", 90_000)]
    [InlineData("json", "yaml", "{\"a\":", 18_000)]
    [InlineData("yaml", "json", "[", 90_000)]
    [InlineData("yaml", "json", "{a: ", 20_000)]
    [InlineData("yaml", "json", "- ", 40_000)]
    [InlineData("yaml", "json", "? ", 40_000)]
    [InlineData("csv", "json", "\"", 90_001)]
    public async Task Document_NestedWithoutEnd_IsRefusedOrConvertedInTime(string from, string to, string part, int times)
    {
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        var document = string.Concat(Enumerable.Repeat(part, times));
        var run = agents.RunAsync("document-converter", new { document, from, to });
        var fault = await Record.ExceptionAsync(() => run.WaitAsync(time.Token));
        Assert.True(fault is null or Contracts.Agents.AgentRefusedException, fault?.ToString());
    }

    [Fact]
    public async Task Aliases_ThatMultiply_AreRefused()
    {
        var lines = Enumerable.Range(1, 9).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]");
        var document = "a0: &a0 [x]\n" + string.Join('\n', lines);
        var refusal = await agents.RefusesAsync("document-converter", new { document, from = "yaml", to = "json" });
        Assert.Contains("aliases", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json", "html")]
    [InlineData("markdown", "csv")]
    [InlineData("text", "text")]
    public async Task Conversion_OfAnUnknownPair_IsRefused(string from, string to)
    {
        var refusal = await agents.RefusesAsync("document-converter", new { document = "a", from, to });
        Assert.Equal("unsupported_conversion", refusal.Code);
    }

    [Theory]
    [InlineData("[1, 2]", "not_a_table")]
    [InlineData("[{}]", "not_a_table")]
    [InlineData("\"x\"", "not_a_table")]
    public async Task Csv_OfWhatIsNoTable_IsRefused(string document, string code)
    {
        var refusal = await agents.RefusesAsync("document-converter", new { document, from = "json", to = "csv" });
        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public async Task Csv_WithFormulas_Warns()
    {
        var answer = await agents.RunAsync(
            "document-converter", new { document = """[{"a":"=1+1"}]""", from = "json", to = "csv" });
        Assert.Contains("formulas", answer.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("0o7")]
    [InlineData("1_000")]
    [InlineData("2026-01-01")]
    [InlineData(" leading")]
    [InlineData("a\nb\n\n c\t")]
    [InlineData("# no comment")]
    [InlineData("- no list")]
    [InlineData("😀 \u0001 \u2028 \uFEFF")]
    [InlineData("'\"\\")]
    [InlineData("~")]
    public async Task Text_ThroughYamlAndBack_IsTheSame(string text)
    {
        var document = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["k"] = text, [text] = "v" });
        var yaml = await agents.RunAsync("document-converter", new { document, from = "json", to = "yaml" });
        var back = await agents.RunAsync(
            "document-converter", new { document = yaml.GetProperty("document").GetString(), from = "yaml", to = "json" });
        var read = System.Text.Json.JsonElement.Parse(back.GetProperty("document").GetString()!);
        Assert.Equal(text, read.GetProperty("k").GetString());
        Assert.Equal("v", read.GetProperty(text).GetString());
    }
}
