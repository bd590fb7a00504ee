using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Orkestron.Architecture.Tests;

/// <summary>Which feature folder of its project a type belongs to: by its source file, as the symbols name it, else by its
/// namespace (a component without code has no place in the symbols).</summary>
internal sealed class FeatureOf(string project, DeclaredIn declaredIn)
{
    /// <summary>What lies directly in the project's folder.</summary>
    public const string ProjectFolder = "(project folder)";

    private readonly string _short = project["Orkestron.".Length..];
    private readonly Dictionary<TypeDefinition, string?> _known = [];

    /// <summary>Null for what nobody wrote: types that the compiler or a generator adds beside ours.</summary>
    public string? Of(TypeDefinition type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        if (!_known.TryGetValue(type, out var feature))
        {
            _known[type] = feature = IsOurs(type) ? Feature(Folders(type)) : null;
        }

        return feature;
    }

    private bool IsOurs(TypeDefinition type) =>
        type.Namespace == project || type.Namespace.StartsWith(project + ".", StringComparison.Ordinal)
        || (type.Namespace.Length == 0 && type.Name == "Program");

    private string[] Folders(TypeDefinition type) => SourceFolders(type) ?? [.. type.Namespace.Split('.').Skip(2)];

    private string[]? SourceFolders(TypeDefinition type)
    {
        var marker = $"/src/{_short}/";
        var path = Documents(type)
            .Select(static document => document.Url)
            .Append(declaredIn[type.MetadataToken.ToInt32()] ?? "")
            .Select(static url => url.Replace('\\', '/'))
            .FirstOrDefault(url => url.Contains(marker, StringComparison.Ordinal)
                && !url.Contains($"{marker}obj/", StringComparison.Ordinal)
                && !url.EndsWith(".g.cs", StringComparison.Ordinal));
        return path?[(path.LastIndexOf(marker, StringComparison.Ordinal) + marker.Length)..].Split('/')[..^1];
    }

    private static IEnumerable<Document> Documents(TypeDefinition type) => type.Methods
        .Where(static method => method.HasBody)
        .SelectMany(static method => method.DebugInformation.SequencePoints)
        .Select(static point => point.Document)
        .Concat(type.NestedTypes.SelectMany(Documents));

    /// <summary>The first folder; below "Features" the folder within.</summary>
    private static string Feature(string[] folders) => folders switch
    {
        [] => ProjectFolder,
        ["Features", var feature, ..] => $"Features/{feature}",
        [var first, ..] => first,
    };
}
