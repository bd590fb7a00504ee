using System.Runtime.InteropServices;

namespace Orkestron.Agents.Isolation;

/// <summary>
/// A rule of Linux (Landlock) for this thread and all that come from it: files may be read where the program, the runtime and
/// the system's libraries lie, and nowhere else. Applied before any thread is started that runs foreign work.
/// </summary>
internal static partial class FileAccessRules
{
    private const nint CreateRules = 444;
    private const nint AddRule = 445;
    private const nint RestrictSelf = 446;
    private const nint PathBeneath = 1;

    private const ulong Execute = 1 << 0;
    private const ulong ReadFile = 1 << 2;
    private const ulong ReadFolder = 1 << 3;

    // All rights of the first version of these rules: what is not given by a path is refused.
    private const ulong Handled = (1 << 13) - 1;

    private const int PathOnly = 0x20_0000 | 0x8_0000;

    /// <summary>Puts the rules in force.</summary>
    /// <returns>Whether the system took them.</returns>
    public static bool Restrict()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var handled = Handled;
        unsafe
        {
            var rules = (int)Call(CreateRules, (nint)(&handled), sizeof(ulong), 0, 0);
            if (rules < 0)
            {
                return false;
            }

            try
            {
                foreach (var path in Paths())
                {
                    Allow(rules, path);
                }

                return Call(RestrictSelf, rules, 0, 0, 0) == 0;
            }
            finally
            {
                _ = Close(rules);
            }
        }
    }

    // The files of the program one by one: the folder of the node's data may lie beside them.
    private static IEnumerable<string> Paths() =>
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory),
        Path.Combine(AppContext.BaseDirectory, "runtimes"),
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..")),
        "/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/localtime", "/dev", "/sys",
        "/proc/self", "/proc/meminfo", "/proc/stat", "/proc/cpuinfo", "/proc/sys", "/proc/cgroups", "/proc/filesystems",
    ];

    private static unsafe void Allow(int rules, string path)
    {
        var descriptor = Open(path, PathOnly);
        if (descriptor < 0)
        {
            return;
        }

        var rule = new PathRule
        {
            Allowed = Directory.Exists(path) ? Execute | ReadFile | ReadFolder : Execute | ReadFile,
            Folder = descriptor,
        };
        _ = Call(AddRule, rules, PathBeneath, (nint)(&rule), 0);
        _ = Close(descriptor);
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct PathRule
    {
        public ulong Allowed;
        public int Folder;
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Call(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
