namespace Orkestron.Architecture.Tests;

/// <summary>Files that can be read: their lines are not too wide, and no file is too long.</summary>
public sealed class FilesTests
{
    private const int MostLines = 400;

    public static TheoryData<string> Folders =>
    [
        .. new[] { "src", "tests", "bench", "samples" }
            .SelectMany(static top => Directory.EnumerateDirectories(Path.Combine(SourceTree.Root, top))
                .Select(folder => $"{top}/{Path.GetFileName(folder)}"))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Lines_Always_AreAsNarrowAsTheEditorSettingsSay(string folder)
    {
        var wide = SourceTree.Files(folder, ".cs", ".ts")
            .SelectMany(static file => CodeWidth.Wider(SourceTree.Lines(file), CodeWidth.Limit)
                .Select(each => $"{file}:{each.Number} has {each.Width} characters"))
            .ToArray();

        Assert.True(
            wide.Length == 0,
            $"Break these lines at {CodeWidth.Limit} characters (a text counts {CodeWidth.TextCounts} at most):"
                + Environment.NewLine + string.Join(Environment.NewLine, wide));
    }

    [Fact]
    public void SourceFiles_Always_HaveAtMost400Lines()
    {
        var tooLong = SourceTree.Files("src", ".cs", ".razor", ".ts", ".css")
            .Select(static file => (file, Lines: SourceTree.Lines(file).Length))
            .Where(static each => each.Lines > MostLines)
            .Select(static each => $"{each.file} has {each.Lines} lines");

        // A file this long holds more than one idea: give each a file of its own.
        Assert.Empty(tooLong);
    }

    [Theory]
    [InlineData("12345678901234567890", 0)]
    [InlineData("123456789012345678901", 1)]
    [InlineData("\"a text that is longer than forty characters counts forty\"", 1)]
    [InlineData("x(\"\"\"\n A line of data that is as long as the data is.\n\"\"\");", 0)]
    [InlineData("x(\"\"\"{\"a\":1}\"\"\", \"\"\"{\"a\":2}\"\"\");\n// wider than twenty characters", 2)]
    public void Wider_OfLines_CountsCodeAndNotData(string lines, int wider) =>
        Assert.Equal(wider, CodeWidth.Wider(lines.Split('\n'), 20).Count());
}
