namespace Orkestron.Agents.Tests.Isolation;

/// <summary>Inputs that take all the memory or time they can get.</summary>
internal static class Bombs
{
    /// <summary>What they are about.</summary>
    public static readonly string[] Kinds =
    [
        "joins", "text in SQL", "recursion in SQL", "regular expressions", "strings", "arrays", "YAML", "XML and HTML", "Markdown", "JSON",
    ];

    private const string Csv = "csv-analyst";
    private const string Script = "javascript-sandbox";
    private const string Document = "document-converter";

    /// <summary>A comparison in native code that looks at no signal while it goes on.</summary>
    public static object NativeLike(int parts) => new
    {
        csv = $"a,b\n\"{new string('a', 5_000)}\",\"{string.Concat(Enumerable.Repeat("%a", parts))}%b_\"\n",
        mode = "query",
        sql = "SELECT a LIKE b FROM data",
    };

    /// <summary>Agent and input, by what they are about.</summary>
    public static IEnumerable<(string Agent, object Input)> Of(string kind) => kind switch
    {
        "joins" => Sql(
            "SELECT count(*) FROM data a, data b, data c",
            "SELECT sum(a.n * b.n % 7 + c.n) FROM data a, data b, data c, data d",
            "SELECT max(a.t || b.t || c.t) FROM data a, data b, data c",
            "SELECT list(a.t || b.t || c.n) FROM data a, data b, data c",
            "SELECT string_agg(a.t, b.t) FROM data a, data b",
            "SELECT a.n, b.n, count(DISTINCT a.n * 1000 + c.n) FROM data a, data b, data c GROUP BY ALL",
            "SELECT * FROM data a, data b, data c ORDER BY a.n * b.n * c.n DESC",
            "SELECT DISTINCT a.t || b.t FROM data a, data b",
            "SELECT a.n, sum(b.n) OVER (ORDER BY a.n * b.n ROWS BETWEEN 100000 PRECEDING AND 100000 FOLLOWING) FROM data a, data b",
            "SELECT quantile_cont(a.n * b.n * c.n, 0.5) FROM data a, data b, data c",
            "SELECT mode(a.n * b.n) FROM data a, data b, data c",
            "SELECT count(*) FROM data a LEFT JOIN data b ON levenshtein(a.t, b.t) < 3",
            "SELECT entropy(a.n * b.n * c.n) FROM data a, data b, data c",
            "SELECT array_agg(a.t ORDER BY b.n) FROM data a, data b"),
        "text in SQL" => [
            .. Enumerable.Range(0, 4).Select(static i => (Csv, NativeLike(20 + (i * 10)))),
            .. Sql(
                "SELECT a.t NOT LIKE '%x%x%x%x%x%x%x%x%x%x%x%x%y' FROM data a, data b",
                "SELECT levenshtein(string_agg(a.t, ''), string_agg(a.t, 'x')) FROM data a",
                "SELECT jaccard(string_agg(a.t, ''), string_agg(a.t, 'x')) FROM data a, data b",
                "SELECT regexp_matches(string_agg(a.t, ''), '(x+x+)+y') FROM data a",
                "SELECT regexp_extract(string_agg(a.t, ''), '((x{1,30}){1,30}){1,30}y') FROM data a",
                "SELECT regexp_matches(t, '((((x{0,9}){0,9}){0,9}){0,9}){0,9}y') FROM data",
                "SELECT len(str_split(string_agg(a.t, ''), '')) FROM data a, data b",
                "SELECT len(replace(string_agg(a.t, ''), 'x', string_agg(a.t, 'y'))) FROM data a",
                "SELECT concat_ws(string_agg(a.t, ''), a.t, a.t, a.t, a.t, a.t) FROM data a, data b GROUP BY a.t, b.n",
                "SELECT md5(string_agg(a.t || b.t, '')) FROM data a, data b")],
        "recursion in SQL" => Sql(
            "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT count(*) FROM r",
            "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r, data) SELECT count(*) FROM r",
            "WITH RECURSIVE r(t) AS (SELECT 'x' UNION ALL SELECT t || t FROM r) SELECT max(len(t)) FROM r",
            "WITH RECURSIVE r(l) AS (SELECT [1] UNION ALL SELECT list_value(l, l)[1] FROM r) SELECT count(*) FROM r",
            "WITH RECURSIVE r(i) AS (SELECT 1 UNION SELECT i * 3 % 1000003 FROM r) SELECT count(*) FROM r",
            "WITH a AS (SELECT * FROM data x, data y), b AS (SELECT * FROM a p, a q) SELECT count(*) FROM b, b c",
            "SELECT " + string.Concat(Enumerable.Repeat("(", 1_500)) + "1" + string.Concat(Enumerable.Repeat(")", 1_500)),
            "SELECT " + string.Concat(
                Enumerable.Repeat("CASE WHEN n > 1 THEN ", 180)) + "1" + string.Concat(Enumerable.Repeat(" END", 180)) + " FROM data",
            "SELECT n FROM data WHERE " + string.Join(" OR ", Enumerable.Range(0, 900).Select(static i => $"n = {i}")),
            string.Join(" UNION ALL ", Enumerable.Repeat("SELECT t FROM data", 400)),
            "SELECT unnest(str_split(string_agg(a.t || b.t, ' '), '')) FROM data a, data b",
            "FROM (PIVOT (SELECT a.n * 1000 + b.n AS k, a.t FROM data a, data b) ON k IN (1, 2) USING list(t))"),
        "regular expressions" => Scripts(
            "return /(a+)+$/.test('a'.repeat(40) + '!')",
            "return /^(([a-z])+.)+[A-Z]([a-z])+$/.test('a'.repeat(200))",
            "return /(.*)*x/.test('a'.repeat(5000))",
            "return /(x+x+)+y/.test('x'.repeat(60))",
            "return 'a'.repeat(1e5).replace(/a*b/g, '')",
            "return new RegExp('(' + 'a?'.repeat(30) + ')' + 'a'.repeat(30)).test('a'.repeat(29))",
            "return /(?=(a+))\\1*b/.test('a'.repeat(1e5))",
            "return new RegExp('(?:'.repeat(50000) + ')'.repeat(50000)).test('x')",
            "return new RegExp('a{1,1000}'.repeat(1000)).test('a'.repeat(1e6))",
            "return 'x'.repeat(1e6).match(/x/g).map(x => x.repeat(1000)).length"),
        "strings" => Scripts(
            "return String.raw({ raw: new Array(9999).fill('x'.repeat(1e6)) }).length",
            "return ''.concat(...new Array(9999).fill('x'.repeat(1e6))).length",
            "return 'x'.repeat(1e9).length",
            "let s = 'x'; while (true) s += s + Math.random()",
            "const l = []; while (true) l.push('x'.repeat(1000) + l.length)",
            "return [...'x'.repeat(5e7)].length",
            "return 'x'.repeat(1e7).split('').length",
            "return 'ab'.repeat(1e6).replaceAll('a', 'y'.repeat(1e6)).length",
            "return encodeURIComponent('\\u00fc'.repeat(1e8)).length",
            "return 'x'.repeat(1e8).normalize('NFKD').split('').reverse().join('').length",
            "return JSON.stringify(new Array(99999).fill('x'.repeat(1e6))).length",
            "return Array(99999).fill('x'.repeat(1e6))"),
        "arrays" => Scripts(
            "const a = []; while (true) a.push(new Array(1000).fill(0))",
            "return new Array(1e9).fill(1).length",
            "return Array.from({ length: 1e9 }).length",
            "const m = new Map(); for (let i = 0; ; i++) m.set(i, { i })",
            "const s = new Set(); for (let i = 0; ; i++) s.add('k' + i)",
            "const a = []; while (true) a.push(new Uint8Array(1e7).fill(1))",
            "return new Float64Array(2e8).fill(1).length",
            "let o = {}; for (let i = 0; i < 1e8; i++) o = { o }; return o",
            "let o = []; for (let i = 0; i < 1e5; i++) o = [o]; return structuredClone(o)",
            "const o = {}; for (let i = 0; ; i++) o['k' + i] = new Date(i)",
            "return [1, 2, 3].flatMap(function f(x) { return new Array(1e7).fill(x) }).map(x => [x]).length",
            "return 2n ** 1000000000n > 1n",
            "let x = 3n; while (true) x *= x",
            "const a = Array.from({ length: 1e6 }, (_, i) => i); a.sort(() => Math.random() - 0.5); while (true) a.sort()",
            "function f() { return f() + 1 } return f()",
            "while (true) {}",
            "return (async () => { while (true) await null })()",
            "return new Promise(function again(yes) { Promise.resolve().then(() => again(yes)) })"),
        "YAML" => Documents("yaml", "json",
            $"a: &a {new string('x', 40_000)}\nl: [{string.Join(", ", Enumerable.Repeat("*a", 19_000))}]",
            "a0: &a0 [x]\n" + string.Join(
                '\n', Enumerable.Range(1, 9).Select(static i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]")),
            "a0: &a0 {k: v}\n" + string.Join('\n', Enumerable.Range(1, 60).Select(static i => $"a{i}: &a{i} {{p: *a{i - 1}, q: *a{i - 1}}}")),
            Repeat("[", 99_000),
            Repeat("- ", 49_000),
            Repeat("{a: ", 24_000),
            "a: &a [*a, *a]",
            string.Concat(Enumerable.Range(0, 12_000).Select(static i => $"k{i}: 1\n")),
            $"a: \"{Repeat("\\U0001F600", 9_900)}\"",
            $"a: >\n{Repeat("  x\n\n", 19_000)}",
            Repeat("? ", 49_000),
            "!!binary " + Repeat("A", 90_000)),
        "XML and HTML" => [
            .. Documents("html", "markdown",
                Repeat("<div>", 19_900),
                Repeat("<b><p>", 16_000),
                Repeat("<a href=x><table>", 5_500),
                Repeat("<font><i><b>", 8_000),
                "<!DOCTYPE lolz [<!ENTITY lol \"lol\">" + string.Concat(
                    Enumerable.Range(1, 20).Select(static i => $"<!ENTITY l{i} \"{Repeat($"&l{i - 1};", 10)}\">")) + "]><p>&l20;</p>",
                Repeat("&CounterClockwiseContourIntegral;", 3_000),
                "<table>" + Repeat("<tr><td colspan=1000 rowspan=1000>x", 2_800),
                Repeat("<svg><foreignObject>", 4_900),
                "<p " + string.Concat(Enumerable.Range(0, 9_000).Select(static i => $"a{i}=1 ")) + ">x</p>",
                Repeat("<select><option>", 6_000)),
            .. Documents("html", "text", Repeat("<ul><li>", 12_000), Repeat("<form><p>", 11_000))],
        "Markdown" => Documents("markdown", "html",
            Repeat("> ", 49_000),
            Repeat("- ", 49_000),
            Repeat("[", 99_000),
            Repeat("[a](", 24_000),
            Repeat("*a_ ", 24_000),
            Repeat("`a``", 24_000),
            Repeat("![[](", 19_000),
            "|" + Repeat("a|", 24_000) + "\n|" + Repeat("-|", 24_000) + "\n",
            Repeat("*a **b ", 14_000),
            Repeat("<a ", 33_000),
            string.Concat(Enumerable.Range(0, 5_000).Select(static i => $"[x{i}]: /u\n[x{i}]\n")),
            Repeat("~~a ", 24_000)),
        "JSON" => [
            .. Documents(
                "json",
                "yaml",
                Repeat("[", 99_000),
                Repeat("{\"a\":", 19_000),
                "[" + Repeat("1e999999,", 11_000) + "1]",
                $"[{Repeat("9", 99_000)}]",
                $"{{{string.Join(',', Enumerable.Range(0, 8_000).Select(static i => $"\"k{i}\":1"))}}}"),
            .. Documents(
                "csv",
                "json",
                string.Join(',', Enumerable.Range(0, 190)) + "\n" + Repeat(Repeat(",", 189) + "\n", 500),
                Repeat("\"", 99_001))],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string Repeat(string part, int times) => string.Concat(Enumerable.Repeat(part, times));

    private static IEnumerable<(string, object)> Sql(params string[] queries)
    {
        var csv = "n,t\n" + string.Join('\n', Enumerable.Range(0, 1_000).Select(static i => $"{i},{new string('x', 900)}{i}"));
        return queries.Select(sql => (Csv, (object)new { csv, mode = "query", sql }));
    }

    private static IEnumerable<(string, object)> Scripts(params string[] bodies) =>
        bodies.Select(static body => (Script, (object)new { code = $"function main() {{ {body} }}" }));

    private static IEnumerable<(string, object)> Documents(string from, string to, params string[] documents) =>
        documents.Select(document => (Document, (object)new { document, from, to }));
}
