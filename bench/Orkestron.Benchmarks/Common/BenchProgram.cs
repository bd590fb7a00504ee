using System.Diagnostics;

namespace Orkestron.Benchmarks.Common;

/// <summary>This program as a child process. It ends when its input ends.</summary>
internal static class BenchProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(BenchProgram).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>Asks it to end, and ends it when it does not.</summary>
    public static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.StandardInput.Close();
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(Patience, TimeProvider.System)).ConfigureAwait(false);
            process.Kill();
        }

        process.Dispose();
    }
}
