namespace Orkestron.Agents.Isolation;

/// <summary>What a child process gives up before it takes its first call. Each part is left out where the system has none.</summary>
internal static class Confinement
{
    public static void Apply()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Niceness.SetOwn(Niceness.Usual);
        if (OperatingSystem.IsLinux())
        {
            GoFirst();
            LeaveFolder();
            if (SystemCalls.GiveUpNewRights())
            {
                _ = FileAccessRules.Restrict();
                _ = SystemCalls.Restrict();
            }
        }
    }

    // Its working folder is gone for all, so that nothing is left when the node is killed. Nothing here writes a file.
    private static void LeaveFolder()
    {
        try
        {
            if (Path.GetFileName(Environment.CurrentDirectory).StartsWith(Scratch.Prefix, StringComparison.Ordinal))
            {
                Directory.Delete(Environment.CurrentDirectory);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The node deletes it with the process.
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
}
