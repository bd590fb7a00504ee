using System.Diagnostics;
using System.Globalization;

namespace Orkestron.Agents.Tests.Isolation;

/// <summary>Processor time, which stands still while the machine does something else.</summary>
internal static class ProcessorTime
{
    private const double TicksPerSecond = 100;
    private const int Parent = 1;
    private const int User = 11;
    private const int Kernel = 12;
    private const int EndedUser = 13;
    private const int EndedKernel = 14;

    /// <summary>What this process and its child processes used, those that have ended included; elsewhere than on Linux, time by
    /// the clock.</summary>
    public static TimeSpan OfThisAndItsChildren()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Stopwatch.GetElapsedTime(0) * Environment.ProcessorCount;
        }

        while (true)
        {
            var before = Fields("/proc/self");
            var running = Children().Sum();
            var after = Fields("/proc/self");
            // A child that ended in between would count twice, or not at all.
            if (Ended(before) == Ended(after))
            {
                return TimeSpan.FromSeconds((Ended(after) + Own(after) + running) / TicksPerSecond);
            }
        }
    }

    private static IEnumerable<long> Children()
    {
        var self = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return Directory.EnumerateDirectories("/proc")
            .Where(static folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            .Select(Fields)
            .Where(fields => fields.Length > 0 && fields[Parent] == self)
            .Select(Own);
    }

    private static long Own(string[] fields) => Number(fields, User) + Number(fields, Kernel);

    private static long Ended(string[] fields) => Number(fields, EndedUser) + Number(fields, EndedKernel);

    private static long Number(string[] fields, int at) => long.Parse(fields[at], CultureInfo.InvariantCulture);

    // What follows the name in brackets: state, parent, ...
    private static string[] Fields(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "stat")).Split(") ")[^1].Split(' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
