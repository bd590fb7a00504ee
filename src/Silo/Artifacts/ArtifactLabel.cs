using System.Text.Json;
using System.Text.RegularExpressions;
using Orkestron.Contracts.Artifacts;
using Orkestron.Domain.Artifacts;

namespace Orkestron.Silo.Artifacts;

/// <summary>Metadata of a file, sealed beside it. Personal, and untrusted.</summary>
internal sealed partial record ArtifactLabel(string Name, string MediaType, string Sha256)
{
    /// <summary>Name of a file without a name.</summary>
    public const string NoName = "file";

    /// <summary>Media type of a file without one.</summary>
    public const string NoMediaType = "application/octet-stream";

    private const int MaxName = 150;

    public static string Context(Guid id) => $"artifact/{id:N}";

    public static ArtifactLabel Read(byte[] utf8) => JsonSerializer.Deserialize<ArtifactLabel>(utf8)!;

    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this);

    public Artifact Describe(ArtifactView view) =>
        new(view.Id, Name, MediaType, view.Size, Sha256, view.CreatedAt, view.InUse);

    /// <summary>A file name that is valid on every system: no folders, no control characters, limited length; keeps the
    /// extension.</summary>
    public static string NameOf(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var clean = new string(
            [.. last.Where(static each => !char.IsControl(each) && !char.IsSurrogate(each) && !":*?\"<>|".Contains(each))])
            .Trim(' ', '.');
        if (clean.Length > MaxName)
        {
            var ending = Path.GetExtension(clean);
            ending = ending.Length > 20 ? "" : ending;
            clean = clean[..(MaxName - ending.Length)] + ending;
        }

        return clean.Length == 0 ? NoName : clean;
    }

    /// <summary>A media type without parameters.</summary>
    public static string MediaTypeOf(string? mediaType)
    {
        var essence = (mediaType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        return Form().IsMatch(essence) ? essence : NoMediaType;
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,90}$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
