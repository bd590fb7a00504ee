using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orkestron.Benchmarks.Watchers;
using Orkestron.Contracts.Agents;
using Orkestron.Web.Startup;

[assembly: HostingStartup(typeof(ServedNode))]

namespace Orkestron.Benchmarks.Watchers;

/// <summary>
/// The product's web node with one more agent, in a process of its own so that memory and processor time are its alone.
/// Told by lines what to do: <c>tick SECONDS</c> and <c>heap</c> or <c>private</c> (KiB) are answered by a line, <c>end</c> is not.
/// </summary>
public sealed class ServedNode : IHostingStartup
{
    private static readonly TickerAgent Ticker = new();

    /// <summary>Adds the agent to the node as it is built.</summary>
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(static services => services.AddSingleton<IAgent>(Ticker));

    internal static async Task<int> RunAsync(string[] args)
    {
        var app = WebHost.Build([.. args, "--hostingStartupAssemblies", typeof(ServedNode).Assembly.GetName().Name!]);
        await using (app.ConfigureAwait(false))
        {
            await app.StartAsync().ConfigureAwait(false);
            while (await Console.In.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                switch (line.Split(' '))
                {
                    case ["tick", var seconds]:
                        var time = TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
                        Console.WriteLine($"> {await Ticker.TickAsync(time).ConfigureAwait(false)}");
                        break;
                    case ["heap"]:
                        Console.WriteLine($"> {GC.GetTotalMemory(forceFullCollection: true) / 1_024}");
                        break;
                    case ["allocated"]:
                        Console.WriteLine($"> {GC.GetTotalAllocatedBytes() / 1_024}");
                        break;
                    case ["private"]:
                        Console.WriteLine($"> {PrivateMemory()}");
                        break;
                    default:
                        Ticker.End();
                        break;
                }
            }

            await app.StopAsync().ConfigureAwait(false);
        }

        return 0;
    }

    /// <summary>Private bytes in KiB once the collector has given back what it can.</summary>
    private static long PrivateMemory()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return File.ReadLines("/proc/self/smaps_rollup")
            .Where(static line => line.StartsWith("Private_", StringComparison.Ordinal))
            .Sum(static line => long.Parse(
                line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
    }
}
