using System.Buffers.Text;
using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Orkestron.Agents.Isolation;

/// <summary>Memory and processor time of a process, as the system reports them.</summary>
internal abstract class ProcessUsage : IDisposable
{
    public static ProcessUsage Of(Process process) =>
        OperatingSystem.IsLinux() ? new LinuxUsage(process.Id) : new AnyUsage(process);

    /// <summary>Resident memory in bytes; 0 once the process has ended.</summary>
    public abstract long Memory();

    /// <summary>Processor time of all threads since it started.</summary>
    public abstract TimeSpan Processor();

    public virtual void Dispose()
    {
    }

    // The files stay open: they mean this process only, also when its id is given to another one.
    private sealed class LinuxUsage(int id) : ProcessUsage
    {
        // The unit of these figures on every system that .NET runs on.
        private const int TicksPerSecond = 100;
        // Fields before it.
        private const int UserTime = 12;

        private readonly SafeFileHandle _memory = File.OpenHandle($"/proc/{id}/statm");
        private readonly SafeFileHandle _times = File.OpenHandle($"/proc/{id}/stat");

        // Pages: the whole address space, then what is resident.
        public override long Memory() => Numbers(_memory, skip: 1) is [var pages, ..] ? pages * Environment.SystemPageSize : 0;

        public override TimeSpan Processor() =>
            Numbers(_times, skip: UserTime) is [var user, var kernel, ..]
                ? TimeSpan.FromSeconds((user + kernel) / (double)TicksPerSecond)
                : default;

        public override void Dispose()
        {
            _memory.Dispose();
            _times.Dispose();
            base.Dispose();
        }

        private static long[] Numbers(SafeFileHandle file, int skip)
        {
            Span<byte> text = stackalloc byte[1_024];
            try
            {
                text = text[..RandomAccess.Read(file, text, 0)];
            }
            catch (IOException)
            {
                return [];
            }

            // The name in brackets may hold blanks.
            var name = text.LastIndexOf((byte)')');
            var found = new List<long>(2);
            var place = name < 0 ? 0 : 1;
            foreach (var part in text[(name + 1)..].Split((byte)' '))
            {
                var word = text[(name + 1)..][part];
                if (word.IsEmpty)
                {
                    continue;
                }

                place++;
                if (place > skip && Utf8Parser.TryParse(word, out long number, out _))
                {
                    found.Add(number);
                    if (found.Count == 2)
                    {
                        break;
                    }
                }
            }

            return [.. found];
        }
    }

    private sealed class AnyUsage(Process process) : ProcessUsage
    {
        public override long Memory() => Ask(static each => each.WorkingSet64);

        public override TimeSpan Processor() => Ask(static each => each.TotalProcessorTime);

        private T? Ask<T>(Func<Process, T> what)
        {
            try
            {
                process.Refresh();
                return what(process);
            }
            catch (InvalidOperationException)
            {
                return default;
            }
        }
    }
}
