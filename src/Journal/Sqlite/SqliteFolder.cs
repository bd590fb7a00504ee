namespace Orkestron.Journal.Sqlite;

/// <summary>The folder of an embedded store. A lock file keeps a second process out until this one ends, however it ends.</summary>
internal sealed class SqliteFolder : IDisposable
{
    private readonly FileStream _lock;

    private SqliteFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    /// <exception cref="InvalidOperationException">Another process has the store open, or the folder cannot be used.</exception>
    public static SqliteFolder Open(string path)
    {
        try
        {
            path = System.IO.Path.GetFullPath(path);
            PrivateFiles.Protect(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"The data folder '{path}' cannot be made or written. Choose another or change its owner.", fault);
        }

        try
        {
            var file = System.IO.Path.Combine(path, "store.lock");
            PrivateFiles.Create(file);
            return new SqliteFolder(path, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new InvalidOperationException($"The data folder '{path}' cannot be written. Change its owner.", fault);
        }
        catch (IOException fault)
        {
            throw new InvalidOperationException(
                $"The store in '{path}' is open in another process. Stop that process, or choose another data folder.",
                fault);
        }
    }

    public void Dispose() => _lock.Dispose();
}
