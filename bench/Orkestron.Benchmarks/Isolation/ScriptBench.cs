using System.Diagnostics;
using Microsoft.Extensions.Options;
using Orkestron.Agents.Common;
using Orkestron.Agents.Isolation;
using Orkestron.Agents.Scripts;
using Orkestron.Agents.Scripts.V8;
using Orkestron.Contracts.Agents;

namespace Orkestron.Benchmarks.Isolation;

/// <summary>The two engines of the JavaScript sandbox beside each other, an engine for each call, in this process.</summary>
internal static class ScriptBench
{
    private static readonly (string Name, string Code)[] Scripts =
    [
        ("return the input", "function main(x) { return x; }"),
        ("100,000 additions", "function main() { let s = 0; for (let i = 0; i < 100000; i++) s += i; return s; }"),
        ("sort 10,000 numbers", "function main() { const a = []; for (let i = 0; i < 10000; i++) a.push(Math.random()); a.sort((x, y) => x - y); return a[0]; }"),
        ("group 2,000 objects", "function main() { const t = {}; for (let i = 0; i < 2000; i++) { const o = JSON.parse('{\"k\":' + i % 7 + ',\"v\":' + i + '}'); t[o.k] = (t[o.k] || 0) + o.v; } return t; }"),
    ];

    public static void Run(TimeSpan time)
    {
        var options = Options.Create(new AgentsOptions());
        (string, IScriptRunner)[] engines = [("Jint", new JintRunner(options)), ("V8", new V8Runner(options))];
        Console.WriteLine();
        Console.WriteLine("| script, engine made anew | engine | first call | p50 | p99 |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (name, code) in Scripts)
        {
            foreach (var (engine, runner) in engines)
            {
                Console.WriteLine($"| {name} | {engine} | {Measure(runner, code, time)} |");
            }
        }
    }

    private static string Measure(IScriptRunner runner, string code, TimeSpan time)
    {
        using var context = new PipeContext(
            new Pipe(Stream.Null), new RunMessage("bench", "bench", "1", 1, DateTimeOffset.UnixEpoch, default));
        var times = new List<double>();
        var first = 0.0;
        var watch = Stopwatch.StartNew();
        try
        {
            while (watch.Elapsed < time)
            {
                var begun = Stopwatch.GetTimestamp();
                runner.Run(code, "{\"a\":[1,2,3]}", new ScriptLog(context), CancellationToken.None);
                var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
                first = first == 0 ? took : first;
                times.Add(took);
            }
        }
        catch (AgentRefusedException refused)
        {
            return $"refused: {refused.Code} | - | -";
        }

        times.Sort();
        return $"{first:0.0} ms | {times[times.Count / 2]:0.00} ms | {times[times.Count * 99 / 100]:0.00} ms";
    }
}
