using System.Security.Cryptography;
using System.Text;

namespace Orkestron.Journal.Keys;

/// <summary>The master key in a file that only its owner may read, made on first start.</summary>
internal sealed class FileMasterKey(string folder) : IMasterKey
{
    private string File => Path.Combine(folder, "master.key");

    public async ValueTask<byte[]> ReadAsync(bool mayCreate, CancellationToken cancellationToken)
    {
        if (!System.IO.File.Exists(File))
        {
            if (!mayCreate)
            {
                throw new InvalidOperationException(
                    $"The master key '{File}' is missing, and personal content was sealed under it. Put the file back "
                    + "from a backup, or configure the key (MasterKeyBase64). Without it that content cannot be read.");
            }

            await CreateAsync(cancellationToken);
        }

        return ConfiguredMasterKey.Parse(await System.IO.File.ReadAllTextAsync(File, cancellationToken));
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        PrivateFiles.Protect(folder);
        var part = $"{File}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var stream = new FileStream(part, options))
        {
            var text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(ConfiguredMasterKey.Length));
            await stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        try
        {
            System.IO.File.Move(part, File, overwrite: false);
        }
        catch (IOException) when (System.IO.File.Exists(File))
        {
            // Another process made it first: its key counts.
            System.IO.File.Delete(part);
        }
    }
}
