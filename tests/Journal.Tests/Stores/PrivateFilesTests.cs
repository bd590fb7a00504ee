namespace Orkestron.Journal.Tests.Stores;

public sealed class PrivateFilesTests
{
    private const UnixFileMode Everyone = (UnixFileMode)0b110_100_100;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    [Fact]
    public void Protect_WhatOthersCouldRead_TakesTheirRightsAndCounts()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Directory.CreateTempSubdirectory("orkestron-files-").FullName;
        try
        {
            var below = Directory.CreateDirectory(Path.Combine(folder, "below")).FullName;
            foreach (var name in new[] { "journal.db", "keys.db", "master.key" })
            {
                var file = Path.Combine(folder, name);
                File.WriteAllText(file, "");
                File.SetUnixFileMode(file, Everyone);
            }

            File.SetUnixFileMode(below, (UnixFileMode)0b111_101_101);
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);

            Assert.Equal(5, PrivateFiles.Protect(folder));
            Assert.Equal(0, PrivateFiles.Protect(folder));
            foreach (var file in Directory.GetFiles(folder))
            {
                Assert.Equal(OwnersFile, File.GetUnixFileMode(file));
            }

            Assert.Equal((OwnersFolder, OwnersFolder), (File.GetUnixFileMode(folder), File.GetUnixFileMode(below)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Protect_AFolderThatIsNotThere_MakesItForTheOwner()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Path.Combine(Path.GetTempPath(), $"orkestron-files-{Guid.NewGuid():N}");
        Assert.Equal(0, PrivateFiles.Protect(folder));
        PrivateFiles.Create(Path.Combine(folder, "new.db"));

        Assert.Equal(OwnersFolder, File.GetUnixFileMode(folder));
        Assert.Equal(OwnersFile, File.GetUnixFileMode(Path.Combine(folder, "new.db")));
        Directory.Delete(folder, recursive: true);
    }
}
