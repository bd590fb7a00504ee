using System.Collections.Concurrent;
using System.Diagnostics;

namespace Orkestron.Benchmarks.Common;

/// <summary>Processes of other programs that were started here. None outlives this one.</summary>
internal static class Children
{
    private static readonly ConcurrentDictionary<Process, byte> Running = new();

    static Children() => AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
    {
        foreach (var process in Running.Keys)
        {
            End(process);
        }
    };

    /// <summary>Starts a program; what it prints is read and dropped, but for what <paramref name="said"/> is told.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, Action<string?>? said = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["NODE_ENV"] = "production";
        start.Environment["RESTATE_LOGGING"] = "ERROR";
        start.Environment["SCARF_ANALYTICS"] = "false";
        var process = Process.Start(start)!;
        Running[process] = 0;
        process.OutputDataReceived += (_, line) => said?.Invoke(line.Data);
        process.ErrorDataReceived += (_, line) => said?.Invoke(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Ends it and what it started, and waits until it has gone.</summary>
    public static void End(Process process)
    {
        if (!Running.TryRemove(process, out _))
        {
            return;
        }

        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It has just ended by itself.
        }

        process.Dispose();
    }
}
