using System.Globalization;
using System.Runtime.InteropServices;

namespace Orkestron.Agents.Isolation;

/// <summary>How much a process stands back for others, on systems that know it: 0 for none, 19 for all it can.</summary>
internal static partial class Niceness
{
    /// <summary>Of a child process: beside the node on a busy machine, a third of its share of the processor.</summary>
    public const int Usual = 5;

    /// <summary>Of a child process whose call takes long: a twentieth of the share of one that has just begun.</summary>
    public const int OfLongCalls = 19;

    private const int OneThread = 0;
    private const int Passes = 3;

    /// <summary>Sets it for this process, before it starts threads.</summary>
    public static void SetOwn(int value) => _ = SetPriority(OneThread, 0, value);

    /// <summary>Sets it for all threads of another process.</summary>
    /// <returns>Whether it was set for each. A lower value than before takes a right that few accounts have.</returns>
    public static bool TrySet(int processId, int value)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var set = new HashSet<int>();
        try
        {
            // A thread that starts meanwhile may come from one that was not set yet.
            for (var pass = 0; pass < Passes; pass++)
            {
                var before = set.Count;
                foreach (var thread in Directory.EnumerateDirectories(
                    string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task")))
                {
                    var id = int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture);
                    if (!set.Contains(id))
                    {
                        if (SetPriority(OneThread, id, value) != 0)
                        {
                            return false;
                        }

                        set.Add(id);
                    }
                }

                if (set.Count == before)
                {
                    break;
                }
            }

            return true;
        }
        catch (IOException)
        {
            // It has just ended.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int who, int value);
}
