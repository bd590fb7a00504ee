using System.Globalization;

namespace Orkestron.Web.Startup;

/// <summary>Finds the process that listens on a port of this machine, from <c>/proc</c> on Linux.</summary>
internal static class PortOwner
{
    private const string Listening = "0A";
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>The process; null on other systems, and when it belongs to another user.</summary>
    public static (int Id, string Name)? Find(int port)
    {
        try
        {
            return Inode(port) is { } inode ? Holder($"socket:[{inode}]") : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Inode(int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (var table in Tables.Where(File.Exists))
        {
            foreach (var line in File.ReadLines(table).Skip(1))
            {
                // sl, local address, remote address, state, queues, timer, retransmits, uid, timeout, inode
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields.Length > 9 && fields[3] == Listening && fields[1].EndsWith(suffix, StringComparison.Ordinal))
                {
                    return fields[9];
                }
            }
        }

        return null;
    }

    private static (int Id, string Name)? Holder(string socket)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Holds(folder, socket))
            {
                return (id, Name(folder));
            }
        }

        return null;
    }

    private static bool Holds(string process, string socket)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd")).Any(file => new FileInfo(file).LinkTarget == socket);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It has ended, or belongs to another user.
            return false;
        }
    }

    // For "dotnet Some.dll", the name of the dll.
    private static string Name(string process)
    {
        var words = File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var program = Path.GetFileName(words.FirstOrDefault() ?? "");
        return program == "dotnet" && words.Length > 1 ? Path.GetFileName(words[1]) : program;
    }
}
