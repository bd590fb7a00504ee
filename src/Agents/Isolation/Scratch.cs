namespace Orkestron.Agents.Isolation;

/// <summary>The folder of one child process: its working folder, which only its user may enter.</summary>
internal static class Scratch
{
    public static string Create() => Directory.CreateTempSubdirectory("orkestron-worker-").FullName;

    public static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A leftover in the system's temporary folder.
        }
    }
}
