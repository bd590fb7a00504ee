using Orkestron.Agents.Hosting;
using Orkestron.Agents.Isolation;

namespace Orkestron.Worker;

/// <summary>
/// The child process in which untrusted work runs. The node starts it and speaks to it over its standard streams. In a
/// namespace, since the description of the API reads the texts of all programs, whose names must differ.
/// </summary>
internal static class Program
{
    private static void Main(string[] args)
    {
        if (args is ["check"])
        {
            ConfinementCheck.Run();
        }
        else
        {
            WorkerProgram.Run();
        }
    }
}
