using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Orkestron.Agents.Common;

namespace Orkestron.Agents.Isolation;

/// <summary>Starts child processes.</summary>
internal sealed class WorkerStarter(IOptions<IsolationOptions> options, IOptions<AgentsOptions> agents, WorkerWatch watch)
{
    private readonly Lazy<string?> _groups = new(() => OperatingSystem.IsLinux()
        ? Cgroup.Find(options.Value.CgroupFolder, "/sys/fs/cgroup", File.ReadAllText("/proc/self/cgroup"))
        : null);

    /// <summary>Starts one, which will take calls once it is ready.</summary>
    /// <exception cref="InvalidOperationException">Its program is missing, or the system refuses.</exception>
    public Worker Start()
    {
        var folder = Scratch.Create();
        Process? process = null;
        try
        {
            process = Process.Start(Info(folder))
                ?? throw new InvalidOperationException("The system started no process.");
            var group = _groups.Value is { } parent ? Cgroup.Create(parent, process.Id, options.Value.MemoryMebibytes) : null;
            return new Worker(process, folder, group, agents.Value, options.Value, watch);
        }
        catch (Exception fault)
        {
            process?.Kill();
            process?.Dispose();
            Scratch.Delete(folder);
            throw new InvalidOperationException($"A child process could not be started: {fault.Message}", fault);
        }
    }

    private ProcessStartInfo Info(string folder)
    {
        var program = options.Value.Program ?? Path.Combine(AppContext.BaseDirectory, "Orkestron.Worker.dll");
        var native = program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? DotnetHost() : null;
        var info = new ProcessStartInfo(native ?? Path.ChangeExtension(program, OperatingSystem.IsWindows() ? ".exe" : null))
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        if (native is not null)
        {
            foreach (var argument in Arguments(program))
            {
                info.ArgumentList.Add(argument);
            }
        }

        // Nothing of the node's environment: it holds keys and connection strings.
        info.Environment.Clear();
        foreach (var (name, value) in Environment(folder))
        {
            info.Environment[name] = value;
        }

        return info;
    }

    // In a published program only the node's own deps.json says where the libraries are; it names those of the child too.
    private static string[] Arguments(string program) =>
        !File.Exists(Path.ChangeExtension(program, ".deps.json"))
        && (AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string)?.Split(';')[0] is { Length: > 0 } libraries
            ? ["exec", "--depsfile", libraries, "--runtimeconfig", Path.ChangeExtension(program, ".runtimeconfig.json"), program]
            : [program];

    private IEnumerable<(string Name, string Value)> Environment(string folder)
    {
        yield return ("TMPDIR", folder);
        yield return ("HOME", folder);
        yield return ("DOTNET_gcServer", "0");
        yield return ("DOTNET_EnableDiagnostics", "0");
        yield return ("DOTNET_TieredPGO", "0");
        // What guards against here runs in an engine of its own; without it a start takes a fifth less time.
        yield return ("DOTNET_EnableWriteXorExecute", "0");
        yield return ("TZ", "UTC");
        // The runtime's own heap limit is reached first: agents can report that.
        yield return ("DOTNET_GCHeapHardLimit", $"0x{options.Value.MemoryMebibytes * (1L << 20) * 3 / 4:x}");
        if (OperatingSystem.IsWindows() && System.Environment.GetEnvironmentVariable("SystemRoot") is { } root)
        {
            yield return ("SystemRoot", root);
        }
    }

    // The host that runs this process, whatever started it; none in a self-contained program, which has a child of its kind.
    private static string? DotnetHost()
    {
        var shared = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory());
        var host = shared.Parent?.Parent?.Parent is { } root
            ? Path.Combine(root.FullName, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet")
            : null;
        return File.Exists(host) ? host : null;
    }
}
