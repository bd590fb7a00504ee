using Microsoft.Extensions.DependencyInjection;
using Orkestron.Agents.Common;
using Orkestron.Agents.Isolation;

namespace Orkestron.Agents.Hosting;

/// <summary>The child process: runs one call after the other, until the node closes its pipe or ends.</summary>
public static class WorkerProgram
{
    /// <summary>Runs until standard input ends. Anything else that is written to standard output goes to standard error.</summary>
    public static void Run()
    {
        var output = StandardStreams.TakeOutput();
        using var input = Console.OpenStandardInput();
        var (kind, content) = Frame.Read(input, WorkerHost.MaxMessage);
        if (kind != FrameKind.Options)
        {
            Console.Error.WriteLine("This program is started by an Orkestron node, which speaks to it over its standard streams.");
            return;
        }

        Confinement.Apply();
        using var agents = new ServiceCollection()
            .AddIsolatedAgents(Pipe.Read<AgentsOptions>(content), IsolatedAgents.All)
            .BuildServiceProvider();
        new WorkerHost(agents, new Pipe(output)).Run(input);
        // Work that is still going on must not outlive the node.
        StandardStreams.EndNow();
    }
}
