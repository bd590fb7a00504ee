namespace Orkestron.Agents.Isolation;

/// <summary>The folder of one child process: its working folder, which only its user may enter.</summary>
internal static class Scratch
{
    /// <summary>What the names of such folders begin with.</summary>
    public const string Prefix = "orkestron-worker-";

    public static string Create() => Directory.CreateTempSubdirectory(Prefix).FullName;

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
