using System.Runtime.InteropServices;

namespace Orkestron.Agents.Isolation;

/// <summary>What a child process gives up before it takes its first call. Each part is left out where the system has none.</summary>
internal static partial class Confinement
{
    // Beside the node on a busy machine: a third of its share of the processor.
    private const int Niceness = 5;
    private const int ThisProcess = 0;

    public static void Apply()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _ = SetPriority(ThisProcess, 0, Niceness);
        if (OperatingSystem.IsLinux())
        {
            GoFirst();
        }
    }

    // When the machine's memory is short, the kernel ends this process rather than the node.
    private static void GoFirst()
    {
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "1000");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The node's watch remains.
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int who, int value);
}
