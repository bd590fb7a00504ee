using System.Text.Json;
using Orkestron.Agents.Tests.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Tests.Scripts;

public sealed class ScriptAgentTests(AgentsFixture agents)
{
    [Fact]
    public async Task Main_Always_GetsTheInputAndStreamsItsLog()
    {
        var context = new FakeContext();
        var answer = await agents.RunAsync("javascript-sandbox", new
        {
            code = "function main(x) { console.log('got', x.a, '😀'); return { double: x.a * 2, list: [1, 'ü', null] }; }",
            input = new { a = 21 },
        }, context);
        Same("""{"double":42,"list":[1,"ü",null]}""", answer.GetProperty("result"));
        Assert.Equal("got 21 😀\n", context.Written);
    }

    [Theory]
    [InlineData("async function main() { await 1; return 3; }", "3")]
    [InlineData("function main() { }", "null")]
    [InlineData("const main = x => x;", "null")]
    [InlineData("function main() { return typeof System + typeof require + typeof process + typeof fetch + typeof importNamespace; }",
        "\"undefinedundefinedundefinedundefinedundefined\"")]
    [InlineData("function main() { return Math.random() === Math.random(); }", "false")]
    [InlineData("function main() { return 'a-b'.replaceAll('-', '+').padStart(5, '.').repeat(2); }", "\"..a+b..a+b\"")]
    [InlineData("function main() { return JSON.stringify({ a: 1, b: { a: 2, c: 3 } }, ['a', 'b']); }",
        "\"{\\\"a\\\":1,\\\"b\\\":{\\\"a\\\":2}}\"")]
    [InlineData("function main() { return JSON.stringify([1, 'x'], (k, v) => v === 1 ? 2 : v).length; }", "7")]
    [InlineData("function main() { return [String([1, [2, 3]]), [[1], [[2]]].flat(Infinity).join('-')]; }", "[\"1,2,3\",\"1-2\"]")]
    [InlineData("function main() { return Promise.all([1, Promise.resolve(2)]); }", "[1,2]")]
    [InlineData("function main() { return [...'👍🏽'].length; }", "2")]
    [InlineData("function main() { return [...'e\u0301x'].length + 'e\u0301'.normalize('NFC').length * 10 + '\u212b'.normalize('NFKD').length; }", "15")]
    [InlineData("function main() { return 2n ** 70n; }", "1180591620717411303424")]
    [InlineData("function main() { return String(9007199254740993n * 10n); }", "\"90071992547409930\"")]
    [InlineData("function main() { return new Intl.NumberFormat('de-DE').format(1234567.5); }", "\"1.234.567,5\"")]
    [InlineData("function main() { return ['z', 'ä', 'a'].sort(new Intl.Collator('de').compare); }", "[\"a\",\"ä\",\"z\"]")]
    [InlineData("function main() { return new Date(0).toLocaleDateString('fr', { dateStyle: 'full', timeZone: 'Asia/Tokyo' }); }", "\"jeudi 1 janvier 1970\"")]
    [InlineData("function main() { return new Date(2026, 0, 1).toISOString(); }", "\"2026-01-01T00:00:00.000Z\"")]
    [InlineData("function main() { const m = new Map([[1, { a: [2] }]]); m.set('m', m); const c = structuredClone(m); return [c.get(1), c.get('m') === c, c !== m]; }", "[{\"a\":[2]},true,true]")]
    [InlineData("function main() { return [...structuredClone(new Uint8Array([1, 2, 3]).subarray(1))]; }", "[2,3]")]
    [InlineData("export function main(input) { return typeof input; }", "\"object\"")]
    [InlineData("const two = await 2;\nexport default async () => two + 1;", "3")]
    [InlineData("const shared = 4; const main = () => shared; export { main };", "4")]
    public async Task Main_ThatIsHarmless_Answers(string code, string result)
    {
        var answer = await agents.RunAsync("javascript-sandbox", new { code });
        Same(result, answer.GetProperty("result"));
    }

    [Theory]
    [InlineData("function main() {\n  return missing.x;\n}", "line 2")]
    [InlineData("function main() {\n  let x = ;\n}", "line 2, column 11")]
    [InlineData("function main() {\n  throw new Error('no stock');\n}", "no stock")]
    [InlineData("function main() { throw 'text'; }", "Uncaught text")]
    [InlineData("const x = 1;", "main(input)")]
    [InlineData("async function main() { throw new Error('late'); }", "late (line 1, column 31)")]
    [InlineData("async function main() { return nothing; }", "ReferenceError: nothing is not defined (line 1")]
    [InlineData("async function main() {\n  return Promise.reject(new TypeError('no'));\n}", "TypeError: no (line 2")]
    [InlineData("function main() { return fetch('x'); }", "fetch is not available here")]
    [InlineData("async function main() { setTimeout(() => 1); }", "setTimeout is not available here")]
    [InlineData("import fs from 'fs';\nexport function main() { }", "Imports are not available here")]
    [InlineData("export { main } from 'other.js';", "Imports are not available here")]
    [InlineData("export const x = 1;", "main(input)")]
    [InlineData("function main() { return structuredClone(() => 1); }", "DataCloneError")]
    public async Task Main_ThatFails_SaysWhere(string code, string told)
    {
        var refusal = await agents.RefusesAsync("javascript-sandbox", new { code });
        Assert.Equal("script_failed", refusal.Code);
        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("System.IO.File.ReadAllText('/etc/passwd')")]
    [InlineData("importNamespace('System.IO')")]
    [InlineData("eval('1')")]
    [InlineData("({}).constructor.constructor('return 1')()")]
    [InlineData("(async () => {}).constructor('return 1')()")]
    [InlineData("Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0)")]
    [InlineData("new WebAssembly.Memory({ initial: 1 })")]
    [InlineData("return import('fs')")]
    [InlineData("new Function('return 1')")]
    [InlineData("(function* () {}).constructor('yield 1')")]
    [InlineData("return require('fs')")]
    [InlineData("return process.env")]
    [InlineData("Error.prepareStackTrace = (e, s) => s[0].getFunction(); return new Error().stack()")]
    public async Task Attack_ThatReachesOutside_IsRefused(string attack)
    {
        var refusal = await agents.RefusesAsync("javascript-sandbox", new { code = "function main() { " + attack + " }" });
        Assert.Equal("script_failed", refusal.Code);
    }

    [Theory]
    [InlineData("while (true) {}")]
    [InlineData("for (;;) { try { while (true) {} } catch (e) {} }")]
    [InlineData("(function f() { f(); })()")]
    [InlineData("let s = 'x'; while (true) s += s;")]
    [InlineData("const a = []; while (true) a.push(new Array(1000).fill(0));")]
    [InlineData("new Array(1e9).fill(1)")]
    [InlineData("Array.from({ length: 1e9 })")]
    [InlineData("'x'.repeat(2e8)")]
    [InlineData("'x'.padEnd(2e8)")]
    [InlineData("'x'.repeat(1e6).replaceAll('x', 'y'.repeat(1e6))")]
    [InlineData("new ArrayBuffer(2e9)")]
    [InlineData("new Uint8Array(2e9)")]
    [InlineData("2n ** 100000000n")]
    [InlineData("BigInt('1'.repeat(1e6))")]
    [InlineData("let o = {}; for (let i = 0; i < 1e6; i++) o = { o }; JSON.stringify(o)")]
    [InlineData("let o = {}; for (let i = 0; i < 120000; i++) o = { o }; return o")]
    [InlineData("let o = []; for (let i = 0; i < 120000; i++) o = [o]; return o")]
    [InlineData("let o = []; for (let i = 0; i < 120000; i++) o = [o]; String(o); throw 1")]
    [InlineData("let p = {}; for (let i = 0; i < 60000; i++) p = new Proxy(p, {}); p.x; throw 1")]
    [InlineData("let f = x => x; for (let i = 0; i < 60000; i++) f = f.bind(null); f(1); throw 1")]
    [InlineData("let o = {}; for (let i = 0; i < 120000; i++) o = { o }; return { get x() { return o; } }")]
    [InlineData("function more() { return { get o() { return more(); } }; } JSON.stringify(more())")]
    [InlineData("let o = []; for (let i = 0; i < 120000; i++) o = [o]; o.flat(Infinity); throw 1")]
    [InlineData("Promise.all({ [Symbol.iterator]: () => ({ next: Object }) })")]
    [InlineData("return Promise.race({ [Symbol.iterator]: () => ({ next: Object }) })")]
    [InlineData("new Set({ [Symbol.iterator]: () => ({ next: Object }) })")]
    [InlineData("Array.prototype.includes.call({ length: 2 ** 53 - 1 }, 1); throw 1")]
    [InlineData("const o = {}; o.o = o; return o")]
    [InlineData("JSON.stringify(Array(99999).fill('x'.repeat(1e6)))")]
    [InlineData("return Array(99999).fill('x'.repeat(1e6))")]
    [InlineData("Array(99999).fill('x'.repeat(1e6)).join('')")]
    [InlineData("/(a+)+$/.test('a'.repeat(40) + '!'); throw 1")]
    [InlineData("return 'x'.repeat(300000)")]
    [InlineData("return new Promise(() => {})")]
    [InlineData("return (async () => { await new Promise(() => {}); })()")]
    [InlineData("return { toJSON() { while (true) {} } }")]
    [InlineData("console.log({ toString() { while (true) {} } }); throw 1")]
    [InlineData("throw { toString() { while (true) {} }, get message() { while (true) {} } }")]
    [InlineData("const a = []; a[4294967290] = 1; a.forEach(x => x); throw 1")]
    public async Task Attack_OnMemoryOrTime_EndsInTime(string attack)
    {
        var fault = await Record.ExceptionAsync(
            () => agents.RunAsync("javascript-sandbox", new { code = "function main() { " + attack + " }" }));
        // What cost little is answered.
        if (fault is not null)
        {
            var refusal = Assert.IsType<AgentRefusedException>(fault);
            Assert.Matches("^(script_.*|output_too_large|out_of_memory|timed_out)$", refusal.Code);
        }
    }

    [Fact]
    public async Task Code_NestedDeeply_IsRefusedOrRun()
    {
        var nested = string.Concat(Enumerable.Repeat("if(1){", 5_000)) + new string('}', 5_000);
        var refusal = await agents.RefusesAsync("javascript-sandbox", new { code = nested });
        Assert.StartsWith("script_", refusal.Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Main_WhenCancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        var context = new FakeContext { OnWrite = _ => stop.Cancel() };
        var input = JsonSerializer.SerializeToElement(new { code = "function main() { console.log('in'); while (true) {} }" });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => agents["javascript-sandbox"].RunAsync(input, context, stop.Token));
    }

    [Fact]
    public async Task Log_WithoutEnd_IsBounded()
    {
        var answer = await agents.RunAsync("javascript-sandbox", new
        {
            code = "function main() { for (let i = 0; i < 1000; i++) console.log('x'.repeat(3000)); }",
        });
        Assert.Equal(200, answer.GetProperty("log").GetArrayLength());
        Assert.True(answer.GetProperty("logTruncated").GetBoolean());
    }

    [Theory]
    [InlineData("console.log('x'.repeat(1999) + '\\u{1F600}')", 1999)]
    [InlineData("console.log('\\u{1F600}'.repeat(1500))", 2000)]
    [InlineData("console.log('x' + '\\u{1F1E9}\\u{1F1EA}'.repeat(900))", 1999)]
    public async Task Log_OfALongLine_IsCutBetweenCharacters(string code, int kept)
    {
        var answer = await agents.RunAsync("javascript-sandbox", new { code = $"function main() {{ {code}; }}" });
        var line = Assert.Single(answer.GetProperty("log").EnumerateArray()).GetString()!;
        Assert.Equal(kept, line.Length);
        Assert.DoesNotContain('\uFFFD', line);
        Assert.True(answer.GetProperty("logTruncated").GetBoolean());
    }

    private static void Same(string expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), actual), $"Expected {expected}, got {actual.GetRawText()}");
}
