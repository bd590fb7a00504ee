using System.Text.RegularExpressions;

namespace Orkestron.Architecture.Tests;

/// <summary>What the documents name is there: links, and the paths of files and folders of the repository.</summary>
public sealed partial class DocumentsTests
{
    private static readonly HashSet<string> FileNames =
        [.. new[] { "src", "tests", "bench", "samples" }
            .SelectMany(static top => SourceTree.Files(top, ".cs", ".razor", ".ts"))
            .Select(static path => Path.GetFileName(path))];

    public static TheoryData<string> Documents =>
        [
            .. SourceTree.Files("docs", ".md")
            .Concat(["README.md", "CONTRIBUTING.md", "bench/README.md", "deploy/README.md", "src/Sdk/README.md"]),
        ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_Always_NamesFilesThatAreThere(string document)
    {
        var text = File.ReadAllText(Path.Combine(SourceTree.Root, document));
        var missing = Links().Matches(text)
            .Select(static link => link.Groups[1].Value)
            .Where(target => !Exists(Path.Combine(Path.GetDirectoryName(document)!, target)))
            .Concat(Code().Matches(text).Select(static code => code.Groups[1].Value).Where(static code => IsPath(code) && !Exists(code)))
            .Concat(Code().Matches(text).Select(static code => code.Groups[1].Value)
                .Where(static code => SourceName().IsMatch(code) && !FileNames.Contains(code)));

        Assert.Empty(missing.Distinct());
    }

    private static bool IsPath(string code) => RepositoryPath().IsMatch(code) && code.IndexOfAny(['*', '<', '{', ' ']) < 0;

    private static bool Exists(string path) => Path.Exists(Path.Combine(SourceTree.Root, path));

    [GeneratedRegex(@"\]\((?!https?:|mailto:|#|/)([^)#\s]+)(?:#[^)\s]*)?\)")]
    private static partial Regex Links();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("^(src|tests|bench|samples|docs|deploy|eng)/")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"^[A-Z]\w*(\.\w+)*\.(cs|razor)$")]
    private static partial Regex SourceName();
}
