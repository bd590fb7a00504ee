using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Orkestron.Benchmarks.Common;

/// <summary>What the figures were taken on, and what its disk can do.</summary>
internal static class Machine
{
    public static void Describe()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30);
        Console.WriteLine(
            $"{Environment.ProcessorCount} cores, {memory} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
        Console.WriteLine($"fsync of 4 KiB, one after the other: {FsyncRate():N0}/s");
    }

    /// <summary>Processor time that a process has used until now; nothing where it has ended.</summary>
    public static TimeSpan ProcessorTime(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.TotalProcessorTime;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return TimeSpan.Zero;
        }
    }

    private static double FsyncRate()
    {
        var file = Path.Combine(Path.GetTempPath(), $"orkestron-fsync-{Environment.ProcessId}");
        try
        {
            using var stream = new FileStream(file, FileMode.Create);
            var page = new byte[4_096];
            var watch = Stopwatch.StartNew();
            var count = 0;
            while (watch.ElapsedMilliseconds < 1_000)
            {
                stream.Write(page);
                stream.Flush(flushToDisk: true);
                count++;
            }

            return count / watch.Elapsed.TotalSeconds;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
