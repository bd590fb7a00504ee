using System.Globalization;

namespace Orkestron.Agents.Isolation;

/// <summary>
/// A control group of version 2 for one child process, so that the kernel itself holds its memory and its share of the
/// processor. Only where the node may write to a group with the memory controller; otherwise the node's own watch is all.
/// </summary>
internal sealed class Cgroup : IDisposable
{
    private readonly string _folder;

    private Cgroup(string folder) => _folder = folder;

    /// <summary>Whether the kernel ended a process of this group because its memory was used up.</summary>
    public bool OutOfMemory => Read("memory.events").Split('\n').Any(static line =>
        line.StartsWith("oom_kill ", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal));

    /// <summary>The folder in which groups of processes may be made, or null.</summary>
    /// <param name="wanted">The one that configuration names, if any.</param>
    /// <param name="root">Where the file system of version 2 is mounted.</param>
    /// <param name="own">The content of <c>/proc/self/cgroup</c>.</param>
    public static string? Find(string? wanted, string root, string own)
    {
        var line = own.Split('\n').FirstOrDefault(static each => each.StartsWith("0::/", StringComparison.Ordinal));
        var folder = !string.IsNullOrEmpty(wanted) ? wanted
            : line is { Length: > 4 } ? Path.GetDirectoryName(Path.Join(root, line[3..]))
            : null;
        try
        {
            if (folder is null || !Controllers(folder, "cgroup.controllers").Contains("memory"))
            {
                return null;
            }

            // Refused where the group holds processes itself, or is not ours.
            File.WriteAllText(Path.Combine(folder, "cgroup.subtree_control"), "+memory +cpu +pids");
            return folder;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Makes a group and puts a process into it; null when that is refused.</summary>
    /// <param name="parent">What <see cref="Find"/> gave.</param>
    /// <param name="processId">The process.</param>
    /// <param name="memoryMebibytes">The most memory of the group, caches included.</param>
    public static Cgroup? Create(string parent, int processId, int memoryMebibytes)
    {
        var group = new Cgroup(Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"orkestron-worker-{processId}")));
        try
        {
            Directory.CreateDirectory(group._folder);
            group.Write("memory.max", (memoryMebibytes * (1L << 20)).ToString(CultureInfo.InvariantCulture));
            group.Write("memory.swap.max", "0");
            group.Write("cpu.weight", "50");
            group.Write("pids.max", "200");
            group.Write("cgroup.procs", processId.ToString(CultureInfo.InvariantCulture));
            return group;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            group.Dispose();
            return null;
        }
    }

    public void Dispose()
    {
        try
        {
            // A group's files go with it.
            Directory.Delete(_folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is made anew or goes when the node's own group goes.
        }
    }

    private void Write(string file, string value) => File.WriteAllText(Path.Combine(_folder, file), value);

    private string Read(string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(_folder, file));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string[] Controllers(string folder, string file) =>
        File.ReadAllText(Path.Combine(folder, file)).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
