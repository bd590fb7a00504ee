using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Orkestron.Agents.Isolation;

/// <summary>The child's standard streams, which carry messages.</summary>
internal static partial class StandardStreams
{
    private const int Output = 1;
    private const int Error = 2;

    /// <summary>The pipe to the node. What a library prints must not get between the messages: it goes to standard error.</summary>
    public static Stream TakeOutput()
    {
        Stream pipe;
        if (!OperatingSystem.IsWindows() && Duplicate(Output) is > Error and var copy)
        {
            _ = Duplicate(Error, Output);
            pipe = new FileStream(new SafeFileHandle(copy, ownsHandle: true), FileAccess.Write, bufferSize: 0);
        }
        else
        {
            pipe = Console.OpenStandardOutput();
        }

        Console.SetOut(Console.Error);
        return pipe;
    }

    /// <summary>Ends this process whatever its threads do.</summary>
    public static void EndNow()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Duplicate(int descriptor, int onto);
}
