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
        Try("network", static () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp).Dispose());
        Try("programs", static () => Process.Start(Environment.ProcessPath!, "--version").Dispose());
        Try("writing files", () => File.WriteAllText(file, "changed"));
        Try("reading files", () => File.ReadAllText(file));
    }

    private static void Try(string what, Action attempt)
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
