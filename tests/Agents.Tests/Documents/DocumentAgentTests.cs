using Orkestron.Agents.Documents;
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
    [InlineData("csv", "json", "a;b\n1;x\n007;", "[\n  {\n    \"a\": \"1\",\n    \"b\": \"x\"\n  },\n  {\n    \"a\": \"007\",\n    \"b\": null\n  }\n]\n")]
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
    [InlineData("yaml", "a: 1\nb:\n  <<: 3", "merge key")]
    [InlineData("json-lines", "{\"a\":1}\n{\"a\":}", "line 2")]
    [InlineData("json", "{\"a\":1}\n\n{\"a\":}\n", "line 3")]
    [InlineData("yaml", "a: 1\nb: *nowhere", "line 2")]
    [InlineData("yaml", "a: &a [*a]", "line 1")]
    [InlineData("yaml", "? [1]\n: 2", "line 1")]
    public async Task Conversion_OfBrokenData_NamesTheLine(string from, string document, string told)
    {
        var refusal = await agents.RefusesAsync("document-converter", new { document, from, to = "csv" });
        Assert.Equal("malformed_document", refusal.Code);
        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>a<br>b</p>", "a  \nb\n")]
    [InlineData("<p>a<br><br>b<br></p>", "a  \n\\\nb\n")]
    [InlineData("a<br/>\n<b>b</b>", "a  \n**b**\n")]
    [InlineData("<p>2024. Was</p><p>- 5 degrees</p><p>+ x</p><p>= y</p><p>1) z</p>", "2024\\. Was\n\n\\- 5 degrees\n\n\\+ x\n\n\\= y\n\n1\\) z\n")]
    [InlineData("<p><span>1</span>. x<br>2. y</p>", "1\\. x  \n2\\. y\n")]
    [InlineData("<li>- a</li>", "\\- a\n")]
    [InlineData("<ol start=5><li>a</li><li>b</li></ol>", "5. a\n6. b\n")]
    [InlineData("<ol start=-2><li>a</li></ol>", "1. a\n")]
    [InlineData("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b\n")]
    [InlineData("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b\n")]
    [InlineData("<ol><li><p>a</p><pre>x\n\n\ny</pre></li></ol>", "1. a\n\n   ```\n   x\n\n\n   y\n   ```\n")]
    [InlineData("<table><tr><th>a<th>b</tr><tr><td rowspan=2>1<td>2</tr><tr><td>3</tr></table>", "| a | b |\n| --- | --- |\n| 1 | 2 |\n|  | 3 |\n")]
    [InlineData("<table><tr><th colspan=2>a<th>b</tr><tr><td>1<td>2<td>3</tr></table>", "| a |  | b |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n")]
    [InlineData("<table><tr><th align=right>a<th>b</tr><tr><td><code>x|y</code><td>p|q</tr></table>", "| a | b |\n| ---: | --- |\n| `x\\|y` | p\\|q |\n")]
    [InlineData("<table><tr><th>a</tr><tr><td><table><tr><td>1<td>2</tr><tr><td>3</tr></table></tr></table>", "| a |\n| --- |\n| 1 \\| 2<br>3 |\n")]
    [InlineData("<table><tr><th>a</tr><tr><td><p>x</p><ul><li>y</li><li>z</li></ul></tr></table>", "| a |\n| --- |\n| x<br>- y<br>- z |\n")]
    [InlineData("<table><caption>T</caption><tr><td>a<br>b</tr></table>", "T\n\n| a<br>b |\n| --- |\n")]
    [InlineData("<pre>a<br>b</pre>", "```\na\nb\n```\n")]
    [InlineData("<pre><code class='language-py hot'>x = 1\n</code></pre>", "```py\nx = 1\n```\n")]
    [InlineData("<pre class=lang-c++>a ``` b</pre>", "````c++\na ``` b\n````\n")]
    [InlineData("<p>10<sup>6</sup> H<sub>2</sub>O</p>", "10<sup>6</sup> H<sub>2</sub>O\n")]
    [InlineData("<details><summary>More</summary>text</details>", "**More**\n\ntext\n")]
    [InlineData("<ul><li><input type=checkbox checked> a</li><li><input type=checkbox> b</li></ul>", "- [x] a\n- [ ] b\n")]
    [InlineData("<p>a<b>(b)</b>c <b><b>d</b></b> <i> e </i>f</p>", "a<strong>(b)</strong>c **d** *e* f\n")]
    [InlineData("<div>a</div><div>b<p>c</p></div>", "a\n\nb\n\nc\n")]
    [InlineData("<a href='http://e.example'><p>a</p><p>b</p></a>", "a\n\nb\n")]
    [InlineData("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b\n")]
    public async Task Html_AsMarkdown_SaysTheSame(string document, string expected)
    {
        var answer = await agents.RunAsync("document-converter", new { document, from = "html", to = "markdown" });
        Assert.Equal(expected, answer.GetProperty("document").GetString());
    }

    [Theory]
    [InlineData("<p>2024. Was</p><p>a<br>b</p>")]
    [InlineData("<ol start=\"5\"><li>a</li><li>b</li></ol>")]
    [InlineData("<pre><code class=\"language-py\">x = 1\n\n\ny</code></pre>")]
    [InlineData("<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><code>x|y</code></td></tr></tbody></table>")]
    [InlineData("<p>10<sup>6</sup> H<sub>2</sub>O <del>x</del> <strong>y</strong>z</p>")]
    [InlineData("<p>a<br><br>b</p><p>*_`[#&lt;&amp;|~</p>")]
    [InlineData("<ul><li>a<ul><li>b</li></ul></li></ul><ul><li>c</li></ul>")]
    public async Task Html_ThroughMarkdownAndBack_IsTheSame(string document)
    {
        var markdown = await agents.RunAsync("document-converter", new { document, from = "html", to = "markdown" });
        var back = await agents.RunAsync(
            "document-converter", new { document = markdown.GetProperty("document").GetString(), from = "markdown", to = "html" });
        static string Packed(string? html) =>
            html!.Replace("\n<", "<", StringComparison.Ordinal).Replace(">\n", ">", StringComparison.Ordinal)
            .Replace("\n</code>", "</code>", StringComparison.Ordinal).Trim();
        Assert.Equal(Packed(document), Packed(back.GetProperty("document").GetString()));
    }

    [Theory]
    [InlineData("```py\nx = 1\n```", "<code class=\"language-py\">")]
    [InlineData("- [x] done\n- [ ] open", "type=\"checkbox\"")]
    [InlineData("- [x] done", "checked=\"checked\"")]
    [InlineData("a[^1]\n\n[^1]: b", "href=\"#fn:1\"")]
    [InlineData("a[^1]\n\n[^1]: b", "id=\"fn:1\"")]
    [InlineData("a[^n]\n\n[^n]: b", "<sup>1</sup>")]
    public async Task Markdown_AsHtml_Keeps(string document, string kept)
    {
        var answer = await agents.RunAsync("document-converter", new { document, from = "markdown", to = "html" });
        Assert.Contains(kept, answer.GetProperty("document").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>a</p><input type=checkbox onclick=steal()>")]
    [InlineData("<ul><li><input type=text value=a></li></ul>")]
    [InlineData("<p id='login' class='big'>a</p><code class='evil' id=x>a</code>")]
    public async Task Html_ThatIsNoTaskListOrCode_IsStillSanitised(string document)
    {
        var answer = await agents.RunAsync("document-converter", new { document, from = "html", to = "html" });
        var html = answer.GetProperty("document").GetString()!;
        Assert.All((string[])["steal", "<input", "class=", "id="], word => Assert.DoesNotContain(word, html, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<p>10<sup>6</sup> H<sub>2</sub>O</p>", "10\u2076 H\u2082O\n")]
    [InlineData("<details><summary>More</summary>text</details>", "More\ntext\n")]
    [InlineData("<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b\n")]
    [InlineData("<ul><li><input type=checkbox checked> a</li></ul>", "- [x] a\n")]
    public async Task Html_AsText_IsWhatAReaderSees(string document, string expected)
    {
        var answer = await agents.RunAsync("document-converter", new { document, from = "html", to = "text" });
        Assert.Equal(expected, answer.GetProperty("document").GetString());
    }

    [Theory]
    [InlineData("yaml", "b: &b {x: 1, y: 2}\nc: {<<: *b, y: 3}", """{"b":{"x":1,"y":2},"c":{"y":3,"x":1}}""")]
    [InlineData("yaml", "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b], z: 3}", """{"a":{"x":1},"b":{"x":2,"y":2},"c":{"z":3,"x":1,"y":2}}""")]
    [InlineData("yaml", "c: {\"<<\": 1}", """{"c":{"<<":1}}""")]
    [InlineData("yaml", "a: 1\n---\nb: 2\n...\n---\n- 3", """[{"a":1},{"b":2},[3]]""")]
    [InlineData("yaml", "\uFEFFa: 1", """{"a":1}""")]
    [InlineData("json", "\uFEFF[1]", "[1]")]
    [InlineData("json", "{\"a\":1}\n{\"a\":2}\n\n", """[{"a":1},{"a":2}]""")]
    [InlineData("json-lines", "1\n\"x\"\r\nnull", """[1,"x",null]""")]
    [InlineData("csv", "\uFEFF\"a\",\"b\"\n1,2", """[{"a":1,"b":2}]""")]
    [InlineData("csv", "id,n,ok\n007,1,true\n12,2.5,false", """[{"id":"007","n":1,"ok":true},{"id":"12","n":2.5,"ok":false}]""")]
    [InlineData("csv", "id,x\n12345678901234567,1\n3,a", """[{"id":"12345678901234567","x":"1"},{"id":"3","x":"a"}]""")]
    public async Task Data_OfWhatToolsWrite_IsRead(string from, string document, string expected)
    {
        var answer = await agents.RunAsync("document-converter", new { document, from, to = "json" });
        var written = System.Text.Json.JsonElement.Parse(answer.GetProperty("document").GetString()!);
        Assert.True(System.Text.Json.JsonElement.DeepEquals(System.Text.Json.JsonElement.Parse(expected), written), written.GetRawText());
    }

    [Fact]
    public async Task List_AsJsonLines_IsAValueALine()
    {
        var answer = await agents.RunAsync(
            "document-converter", new { document = "- {a: 1}\n- x\n- [1, 2]", from = "yaml", to = "json-lines" });
        Assert.Equal("{\"a\":1}\n\"x\"\n[1,2]\n", answer.GetProperty("document").GetString());
    }

    [Theory]
    [InlineData("yaml", "a: 1\n---\nb: 2", "2 documents")]
    [InlineData("json", "[1]\n[2]", "JSON Lines")]
    [InlineData("csv", "id\n7\n007", "Column id")]
    [InlineData("csv", "name,x\nM\uFFFDller,1", "U+FFFD")]
    [InlineData("html", "<table><tr><td><table><tr><td>a</tr></table></tr></table>", "table within a table")]
    public async Task Document_ThatIsReadOtherwise_IsTold(string from, string document, string told)
    {
        var answer = await agents.RunAsync("document-converter", new { document, from, to = from == "html" ? "markdown" : "json" });
        Assert.Contains(
            answer.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.Contains(told, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PK\u0003\u0004abc")]
    [InlineData("\u001F\uFFFD\u0008abc")]
    [InlineData("a,b\n1,\0")]
    [InlineData("%PDF-1.7 abc")]
    public async Task Bytes_ReadAsText_AreRefusedByTextAgents(string document)
    {
        Assert.Equal("not_text", (await agents.RefusesAsync("document-converter", new { document, from = "csv", to = "json" })).Code);
        if (document[0] != 'a')
        {
            Assert.Equal("not_text", (await agents.RefusesAsync("summariser", new { text = document })).Code);
            Assert.Equal("not_text", (await agents.RefusesAsync("keyword-extractor", new { text = document })).Code);
        }
    }

    [Fact]
    public async Task Alias_OfALongText_IsBounded()
    {
        var document = $"a: &a {new string('x', 50_000)}\nb: [{string.Join(", ", Enumerable.Repeat("*a", 8_000))}]";
        var refusal = await agents.RefusesAsync("document-converter", new { document, from = "yaml", to = "json" });
        Assert.Contains("characters, copies by aliases included", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<table>", "<tr><td rowspan=65000 colspan=1000>a</td></tr>", 40)]
    [InlineData("<ol>", "<li>a</li>", 9_000)]
    [InlineData("<p>", "<b></b>", 13_000)]
    [InlineData("<p>", "<b>a</b>", 12_000)]
    [InlineData("<p>", "a<br>", 19_000)]
    public async Task Html_OfManyParts_IsConvertedOrRefusedInTime(string open, string part, int times)
    {
        // Much longer than it takes: machines may be busy, and what grows with the square of its parts takes minutes.
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var document = open + string.Concat(Enumerable.Repeat(part, times));
        foreach (var to in (string[])["markdown", "text"])
        {
            var fault = await Record.ExceptionAsync(
                () => agents.RunAsync("document-converter", new { document, from = "html", to }).WaitAsync(time.Token));
            Assert.True(fault is null or Contracts.Agents.AgentRefusedException, fault?.ToString());
        }
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
        var document = string.Concat(Enumerable.Repeat(part, times));
        // Its process is ended after so many seconds of processor time, by the clock only much later.
        var fault = await Record.ExceptionAsync(() => agents.RunAsync("document-converter", new { document, from, to }));
        Assert.True(fault is null or Contracts.Agents.AgentRefusedException, fault?.ToString());
    }

    public static TheoryData<string> AliasesThatMultiply =>
    [
        "a0: &a0 [x]\n" + string.Join(
            '\n', Enumerable.Range(1, 9).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]")),
        Aliases("a: &a {0}\nl: [{1}]", 19_000),
        Aliases("? &a {0}\n: x\nl: [{1}]", 5_000),
        Aliases("a: &a [{0}]\nl: [{1}]", 1_000),
        Aliases("a: &a {{{0}: 1}}\nl: [{1}]", 60),
    ];

    [Theory]
    [MemberData(nameof(AliasesThatMultiply), DisableDiscoveryEnumeration = true)]
    public void Aliases_ThatMultiply_AreRefusedBeforeTheyAreCopied(string document)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<Contracts.Agents.AgentRefusedException>(() => YamlReader.Read(document, []));
        Assert.Equal("malformed_document", fault.Code);
        Assert.Contains("alias", fault.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
    }

    private static string Aliases(string document, int times) => string.Format(
        System.Globalization.CultureInfo.InvariantCulture, document, new string('x', 40_000),
        string.Join(", ", Enumerable.Repeat("*a", times)));

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
