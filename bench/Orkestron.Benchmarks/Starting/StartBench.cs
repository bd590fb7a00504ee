using System.Diagnostics;
using Orkestron.Benchmarks.Common;

namespace Orkestron.Benchmarks.Starting;

/// <summary>
/// How long the web program takes from its start to ready, embedded, on an empty folder and on one that it left, and what processor
/// time it uses for it. The second is what a machine that does something else can compare.
/// </summary>
internal static class StartBench
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(5);

    /// <param name="times">Starts of each kind.</param>
    /// <param name="programs">Folders with a built or published web program.</param>
    public static async Task RunAsync(int times, string[] programs)
    {
        var folders = programs.Length == 0 ? [AppContext.BaseDirectory] : programs.Select(Path.GetFullPath).ToArray();
        var rows = new Dictionary<(string Folder, bool Again), List<(double Clock, double Processor)>>();
        for (var i = 0; i < times; i++)
        {
            foreach (var folder in folders)
            {
                var data = Directory.CreateTempSubdirectory("orkestron-bench-start-").FullName;
                foreach (var again in (bool[])[false, true])
                {
                    if (!rows.TryGetValue((folder, again), out var row))
                    {
                        rows[(folder, again)] = row = [];
                    }

                    row.Add(await StartAsync(folder, data).ConfigureAwait(false));
                }

                Directory.Delete(data, recursive: true);
            }
        }

        Console.WriteLine();
        Console.WriteLine("| start of the web program, embedded, to ready (target 2,500 ms) | p50 | least | processor time, p50 |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var ((folder, again), row) in rows)
        {
            var clock = row.Select(static each => each.Clock).Order().ToArray();
            var processor = row.Select(static each => each.Processor).Order().ToArray();
            Console.WriteLine(
                $"| {Path.GetFileName(folder.TrimEnd('/'))}, {(again ? "on its data" : "the first time")} | {clock[clock.Length / 2]:N0} ms "
                + $"| {clock[0]:N0} ms | {processor[processor.Length / 2]:N0} ms |");
        }
    }

    private static async Task<(double Clock, double Processor)> StartAsync(string folder, string data)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        var own = Path.Combine(folder, "Orkestron.Web");
        string[] arguments =
            [
                "--contentRoot", folder, "--urls", address.ToString(), $"--Orkestron:DataDirectory={data}",
                "--Logging:LogLevel:Default=Error",
            ];
        using var http = new HttpClient { BaseAddress = address };
        var begun = Stopwatch.GetTimestamp();
        var process = Children.Start(own, arguments);
        try
        {
            while (!await IsReadyAsync(http).ConfigureAwait(false))
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(begun) > Patience)
                {
                    throw new InvalidOperationException($"The web program of {folder} does not start.");
                }

                await Task.Delay(Between, TimeProvider.System).ConfigureAwait(false);
            }

            var clock = Stopwatch.GetElapsedTime(begun);
            return (clock.TotalMilliseconds, Machine.ProcessorTime(process.Id).TotalMilliseconds);
        }
        finally
        {
            Children.End(process);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative)).ConfigureAwait(false);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
