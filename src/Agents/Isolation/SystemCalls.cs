using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Orkestron.Agents.Isolation;

/// <summary>
/// A filter of Linux (seccomp) over the system calls of this whole process, in force until it ends: no network, no other
/// program, no change of any file, no word to another process. What a library asks for beyond that is refused to it as if
/// it lacked the right.
/// </summary>
internal static partial class SystemCalls
{
    private const int NoNewPrivileges = 38;
    private const uint SetFilter = 1;
    private const uint AllThreads = 1;

    private const uint Allow = 0x7FFF_0000;
    private const uint RefusePermission = 0x0005_0000 | 1;
    private const uint RefuseMissing = 0x0005_0000 | 38;

    // The parts of what a filter is given: the number, the architecture, the arguments' lower halves.
    private const uint Number = 0;
    private const uint Machine = 4;
    private const uint FirstArgument = 16;
    private const uint SecondArgument = 24;
    private const uint ThirdArgument = 32;

    private const uint X64 = 0xC000_003E;
    private const uint OtherAbi = 0x4000_0000;
    private const uint ThreadFlag = 0x0001_0000;

    // Write only, read and write, create, truncate, append, a nameless file.
    private const uint WritingFlags = 0x1 | 0x2 | 0x40 | 0x200 | 0x400 | 0x40_0000;

    private const uint Open = 2;
    private const uint OpenAt = 257;
    private const uint Clone = 56;
    private const uint Clone3 = 435;
    private const uint Kill = 62;
    private const uint ThreadGroupKill = 234;
    private const uint Seccomp = 317;

    // By number, as x86-64 has them.
    private static readonly uint[] Refused =
    [
        // socket, connect, accept, bind, listen, socketpair, accept4, and rings that could do the same
        41, 42, 43, 49, 50, 53, 288, 425, 426, 427,
        // fork, vfork, execve, execveat
        57, 58, 59, 322,
        // rename, mkdir, rmdir, creat, link, unlink, symlink, chmod, fchmod, chown, fchown, lchown, truncate, mknod
        82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 93, 94, 76, 133,
        // mkdirat, mknodat, fchownat, unlinkat, renameat, linkat, symlinkat, fchmodat, renameat2, fchmodat2, utimes, openat2
        258, 259, 260, 263, 264, 265, 266, 268, 316, 452, 132, 235, 261, 280, 437,
        // setxattr and its like, removexattr and its like
        188, 189, 190, 197, 198, 199,
        // ptrace, process_vm_readv, process_vm_writev, kcmp, pidfd_open, pidfd_send_signal, pidfd_getfd, tkill, queued signals
        101, 310, 311, 312, 434, 424, 438, 200, 129, 297,
        // mount, umount2, pivot_root, chroot, unshare, setns, open_by_handle_at, name_to_handle_at, fsopen and its like
        165, 166, 155, 161, 272, 308, 304, 303, 428, 429, 430, 431, 432, 433, 442,
        // bpf, perf_event_open, userfaultfd, keys, modules, kexec, reboot, swap, quotactl, iopl, ioperm, settimeofday, clock_settime
        321, 298, 323, 248, 249, 250, 175, 313, 176, 246, 320, 169, 167, 168, 179, 172, 173, 164, 227,
        // shared memory, semaphores and queues of System V and POSIX
        29, 30, 31, 64, 68, 240,
    ];

    /// <summary>No program that this process starts gets rights that it has not: the condition for what follows.</summary>
    public static bool GiveUpNewRights() => Control(NoNewPrivileges, 1, 0, 0, 0) == 0;

    /// <summary>Puts the filter in force.</summary>
    /// <returns>Whether the system took it.</returns>
    public static bool Restrict()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return false;
        }

        var filter = Compile((uint)Environment.ProcessId);
        unsafe
        {
            fixed (byte* first = filter)
            {
                var program = new Program { Length = (ushort)(filter.Length / InstructionBytes), Filter = first };
                return Call((nint)Seccomp, (nint)SetFilter, (nint)AllThreads, (nint)(&program)) == 0;
            }
        }
    }

    private const int InstructionBytes = 8;

    /// <summary>The filter's instructions.</summary>
    private static byte[] Compile(uint self)
    {
        var code = new List<(ushort Code, byte True, byte False, uint Value)>();
        void Load(uint offset) => code.Add((0x20, 0, 0, offset));
        void Return(uint action) => code.Add((0x06, 0, 0, action));

        // Skips the next instructions unless what was loaded is equal, or has one of the bits.
        void UnlessEqual(uint value, byte skip) => code.Add((0x15, 0, skip, value));
        void UnlessAny(uint bits, byte skip) => code.Add((0x45, 0, skip, bits));

        Load(Machine);
        code.Add((0x15, 1, 0, X64));
        Return(RefusePermission);
        Load(Number);
        code.Add((0x35, 0, 1, OtherAbi));
        Return(RefusePermission);
        foreach (var number in Refused)
        {
            UnlessEqual(number, 1);
            Return(RefusePermission);
        }

        // The C library then falls back to the older call, whose flags can be seen.
        UnlessEqual(Clone3, 1);
        Return(RefuseMissing);

        // New threads, but no new processes.
        UnlessEqual(Clone, 4);
        Load(FirstArgument);
        UnlessAny(ThreadFlag, 1);
        Return(Allow);
        Return(RefusePermission);

        foreach (var (number, flags) in (ReadOnlySpan<(uint, uint)>)[(Open, SecondArgument), (OpenAt, ThirdArgument)])
        {
            UnlessEqual(number, 4);
            Load(flags);
            UnlessAny(WritingFlags, 1);
            Return(RefusePermission);
            Return(Allow);
        }

        // Signals to itself: the runtime stops its threads with them.
        foreach (var number in (ReadOnlySpan<uint>)[Kill, ThreadGroupKill])
        {
            UnlessEqual(number, 4);
            Load(FirstArgument);
            UnlessEqual(self, 1);
            Return(Allow);
            Return(RefusePermission);
        }

        Return(Allow);
        var bytes = new byte[code.Count * InstructionBytes];
        for (var i = 0; i < code.Count; i++)
        {
            var at = bytes.AsSpan(i * InstructionBytes);
            BinaryPrimitives.WriteUInt16LittleEndian(at, code[i].Code);
            (at[2], at[3]) = (code[i].True, code[i].False);
            BinaryPrimitives.WriteUInt32LittleEndian(at[4..], code[i].Value);
        }

        return bytes;
    }

    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Program
    {
        public ushort Length;
        public byte* Filter;
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Call(nint number, nint first, nint second, nint third);
}
