using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;

namespace Orkestron.Agents.Isolation;

/// <summary>Tries what a child process must not do, so that one can see what the system it runs on refuses.</summary>
public static class ConfinementCheck
{
    /// <summary>Prints a line for each: <c>network: refused</c>, or <c>network: open</c> where the system has no such wall.</summary>
    public static void Run()
    {
        var file = Path.GetTempFileName();
        Confinement.Apply();
        Tell("network", static () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp).Dispose());
        Tell("programs", static () => Process.Start(Environment.ProcessPath!, "--version").Dispose());
        Tell("writing files", () => File.WriteAllText(file, "changed"));
        Tell("reading files", () => File.ReadAllText(file));
    }

    private static void Tell(string what, Action attempt)
    {
        try
        {
            attempt();
            Console.WriteLine($"{what}: open");
        }
        catch (Exception refused) when (refused is SocketException or Win32Exception or UnauthorizedAccessException or IOException)
        {
            Console.WriteLine($"{what}: refused");
        }
    }
}
