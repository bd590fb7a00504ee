namespace Orkestron.Journal;

/// <summary>Files that only the account of this process may read: databases, keys, what lies beside them.</summary>
public static class PrivateFiles
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Makes a folder for the owner alone, or takes the rights of others from one there is and from the files in it.
    /// </summary>
    /// <returns>How many others could have read or written before; 0 where a system has no such rights.</returns>
    public static int Protect(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return 0;
        }

        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, Owner);
            return 0;
        }

        return Close(folder, Owner) + Directory.EnumerateFiles(folder).Count(static file => Close(file, OwnerFile) > 0)
            + Directory.EnumerateDirectories(folder).Count(static below => Close(below, Owner) > 0);
    }

    /// <summary>Makes an empty file for the owner alone, unless it is there.</summary>
    public static void Create(string file)
    {
        if (OperatingSystem.IsWindows() || File.Exists(file))
        {
            return;
        }

        new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
            UnixCreateMode = OwnerFile,
        }).Dispose();
    }

    private static int Close(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & ~Owner) == 0)
        {
            return 0;
        }

        try
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) & mode);
            return 1;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Someone else's folder: its owner decides.
            return 0;
        }
    }
}
